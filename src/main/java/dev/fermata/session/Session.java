package dev.fermata.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fermata.job.SessionChange;
import dev.fermata.job.SessionChange.Appended;
import dev.fermata.job.SessionId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session as one job has it open: what was committed when the job began, and what the job makes
 * of it. Nobody else sees that before it is saved, in one commit with the job's outcome. Safe for
 * use by many threads.
 */
public final class Session implements AutoCloseable {

  /** The most bytes that metadata may have in UTF-8: every reader of a list gets them. */
  public static final int MOST_META = 64 * 1024;

  private final SessionId id;
  private final @Nullable SavedSession found;
  private final List<Message> newest;
  private final Clock clock;

  @GuardedBy("this")
  private final List<Appended> appended = new ArrayList<>();

  @GuardedBy("this")
  private @Nullable String newMeta;

  @GuardedBy("this")
  private boolean closed;

  private Session(SessionId id, @Nullable SavedSession found, List<Message> newest, Clock clock) {
    this.id = id;
    this.found = found;
    this.newest = List.copyOf(newest);
    this.clock = clock;
  }

  /**
   * Opens a session, which need not exist yet. However long its history is, only the newest
   * messages are read.
   *
   * @param window how many
   */
  public static Session open(SessionId id, Sessions sessions, int window, Clock clock) {
    @Nullable SavedSession found = sessions.find(id).orElse(null);
    List<Message> newest =
        found == null ? List.of() : sessions.messages(id, Long.MAX_VALUE, window);
    return new Session(id, found, newest, clock);
  }

  public SessionId id() {
    return id;
  }

  /** How often it was saved before this job; 0 when it does not exist yet. */
  public long version() {
    return found == null ? 0 : found.version();
  }

  /** The newest messages from before this job, the oldest of them first. */
  public List<Message> newest() {
    return newest;
  }

  /** What this job has added so far. */
  public synchronized List<Appended> appended() {
    return List.copyOf(appended);
  }

  /** How many messages it has, those of this job included. */
  public synchronized long total() {
    return (found == null ? 0 : found.total()) + appended.size();
  }

  /** A JSON object. */
  public synchronized String meta() {
    return newMeta != null ? newMeta : found == null ? "{}" : found.meta();
  }

  /**
   * Adds a message.
   *
   * @throws IllegalStateException when the job's scope has closed
   */
  public synchronized void append(String role, String content) {
    requireOpen();
    appended.add(new Appended(role, content, clock.instant()));
  }

  /**
   * Replaces the metadata.
   *
   * @param meta a JSON object
   * @throws IllegalArgumentException when it has more than {@link #MOST_META} bytes
   * @throws IllegalStateException when the job's scope has closed
   */
  public synchronized void replaceMeta(String meta) {
    requireOpen();
    int bytes = meta.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_META) {
      throw new IllegalArgumentException("meta has " + bytes + " bytes; the limit is " + MOST_META);
    }
    newMeta = meta;
  }

  /** What the job has changed so far; empty when there is nothing to save. */
  public synchronized Optional<SessionChange> change() {
    return appended.isEmpty() && newMeta == null
        ? Optional.empty()
        : Optional.of(new SessionChange(id, version(), newMeta, appended));
  }

  @GuardedBy("this")
  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "session " + id + " has closed with its job: nothing more is saved");
    }
  }

  /** From now on it stays as it is. */
  @Override
  public synchronized void close() {
    closed = true;
  }
}
