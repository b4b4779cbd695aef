package dev.fermata.store;

import dev.fermata.journal.JournalUnavailable;
import dev.fermata.journal.Room;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The directory that holds all of a server's state; one server at a time owns it. */
public final class DataDirectory implements Room, AutoCloseable {

  /** Below this the disk counts as full. */
  public static final DataSize LEAST_ROOM = DataSize.ofMegabytes(1);

  private final Path path;
  private final FileChannel lockFile;

  private DataDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Makes the directory if there is none, and takes hold of it.
   *
   * @throws DataDirectoryUnusable when it can't be written to, or when another server owns it
   */
  public static DataDirectory open(Path given) {
    Path path = given.toAbsolutePath().normalize();
    try {
      Files.createDirectories(path);
      FileChannel lockFile =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(lockFile) == null) {
        lockFile.close();
        throw new DataDirectoryUnusable(
            path,
            "another Fermata server uses it: stop that one, or choose another directory",
            null);
      }
      return new DataDirectory(path, lockFile);
    } catch (IOException e) {
      throw new DataDirectoryUnusable(
          path, "it can't be written to (" + e + "): make it writable, or choose another one", e);
    }
  }

  private static @Nullable FileLock lock(FileChannel lockFile) throws IOException {
    try {
      return lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** The journal's file. */
  public Path journal() {
    return path.resolve("fermata.db");
  }

  /** Where the experiment directories are. */
  public Path experiments() {
    return path.resolve("jobs");
  }

  @Override
  public void require() {
    if (path.toFile().getUsableSpace() < LEAST_ROOM.toBytes()) {
      throw new JournalUnavailable("The disk of " + path + " is full, or gone.", null);
    }
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
