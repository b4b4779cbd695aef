package dev.fermata.tool.command;

import dev.fermata.job.Reason;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.Run;
import dev.fermata.session.Session;
import dev.fermata.tool.command.SessionJson.Added;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job's session as a file: as its program finds it, and as the program leaves it. New metadata
 * replace the old ones, and messages after those that were given are added, by their {@code role}
 * and {@code content}; the rest of the document is the server's and is not read again.
 */
final class SessionFile {

  static final String NAME = "session.json";

  /** How much a program may add, in bytes: the file is read as a whole. */
  private static final long MOST_ADDED = 16 << 20;

  private final Session session;
  private final OutputFile file;
  private final SessionJson given;
  private final long most;

  private SessionFile(Session session, Path directory) throws IOException {
    this.session = session;
    this.file = new OutputFile(directory, NAME);
    byte[] bytes = SessionJson.of(session).bytes();
    this.given = SessionJson.read(bytes);
    Files.write(directory.resolve(NAME), bytes);
    this.most = bytes.length + MOST_ADDED;
  }

  /** Writes it before the start; empty for a job without a session. */
  static Optional<SessionFile> write(Run run) throws IOException {
    @Nullable Session session = run.session();
    return session == null
        ? Optional.empty()
        : Optional.of(new SessionFile(session, run.directory()));
  }

  static Path path(Run run) {
    return run.directory().toAbsolutePath().resolve(NAME);
  }

  /**
   * Takes over what the program made of it, all of it or nothing.
   *
   * @throws JobFailed when it is not a continuation of what was given
   */
  void readBack(int returnCode) throws IOException, JobFailed {
    try {
      take(SessionJson.read(bytes()));
    } catch (IllegalArgumentException e) {
      throw new JobFailed(
          Reason.HANDLER_ERROR,
          "The program ended well, but the session that it left in '%s' can't be saved: %s."
              .formatted(NAME, e.getMessage()),
          returnCode);
    }
  }

  private byte[] bytes() throws IOException {
    if (!file.exists()) {
      throw new IllegalArgumentException("it is gone, or no regular file");
    }
    return file.bytes(most);
  }

  private void take(SessionJson left) {
    JsonNode meta = left.meta(given);
    List<Added> added = left.added(given);
    if (!meta.equals(given.meta(given))) {
      session.replaceMeta(meta.toString());
    }
    added.forEach(message -> session.append(message.role(), message.content()));
  }
}
