package dev.fermata.tool.align;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/**
 * Where a database comes from: read once, and again whenever its file has changed. Safe for use by
 * several threads.
 */
final class DatabaseSource {

  private static final String REMEDY = "restore it, or set `database` to a FASTA file of proteins";

  /** Which state of the file was read. */
  private record Stamp(long modified, long size) {}

  private final Lock lock = new ReentrantLock();
  private final Resource resource;

  @GuardedBy("lock")
  private @Nullable Stamp stamp;

  @GuardedBy("lock")
  private @Nullable Database database;

  DatabaseSource(Resource resource) {
    this.resource = resource;
  }

  /**
   * The database as it is now.
   *
   * @throws DatabaseUnavailable when it has vanished, cannot be read or holds nothing, also when it
   *     could be read before
   */
  Database current() throws DatabaseUnavailable {
    lock.lock();
    try {
      Stamp now = stamp();
      if (database == null || !now.equals(stamp)) {
        database = read();
        stamp = now;
      }
      return database;
    } catch (IOException e) {
      throw new DatabaseUnavailable(
          "the sequence database can't be read: %s; %s".formatted(e.getMessage(), REMEDY), e);
    } finally {
      lock.unlock();
    }
  }

  /** What came with the server never changes, and each submission asks. */
  private Stamp stamp() throws IOException {
    if (resource instanceof ClassPathResource) {
      return new Stamp(0, 0);
    }
    return new Stamp(resource.lastModified(), resource.contentLength());
  }

  private Database read() throws IOException, DatabaseUnavailable {
    List<Target> targets;
    try (var lines =
        new BufferedReader(
            new InputStreamReader(resource.getInputStream(), StandardCharsets.UTF_8))) {
      targets = Fasta.read(lines);
    }
    if (targets.isEmpty()) {
      throw new DatabaseUnavailable(
          "the sequence database holds no sequence: %s; %s"
              .formatted(resource.getDescription(), REMEDY));
    }
    return new Database(targets);
  }
}
