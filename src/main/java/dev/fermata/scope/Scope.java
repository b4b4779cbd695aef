package dev.fermata.scope;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lifetime of what is open for one job, or for the whole application: holds what was opened and
 * closes it newest first, come what may.
 *
 * <p>A child lies in its parent: closing the parent closes a child that is still open. Safe for use
 * by several threads; one of them closes, and a second close does nothing.
 */
public final class Scope implements AutoCloseable {

  private final Lock lock = new ReentrantLock();
  private final @Nullable Scope parent;

  @GuardedBy("lock")
  private final Deque<AutoCloseable> held = new ArrayDeque<>();

  @GuardedBy("lock")
  private boolean closed;

  private Scope(@Nullable Scope parent) {
    this.parent = parent;
  }

  /** The application's scope, which has no parent. */
  public static Scope application() {
    return new Scope(null);
  }

  /**
   * Opens a scope inside this one.
   *
   * @throws IllegalStateException when this scope has closed
   */
  public Scope open() {
    return hold(new Scope(this));
  }

  /**
   * Takes ownership of what was just opened: it is closed with this scope, at once if this scope
   * has closed in the meantime.
   *
   * @throws IllegalStateException when this scope has closed
   */
  public <T extends AutoCloseable> T hold(T opened) {
    lock.lock();
    try {
      if (!closed) {
        held.push(opened);
        return opened;
      }
    } finally {
      lock.unlock();
    }
    var late = new IllegalStateException("the scope has closed: nothing more can be opened in it");
    closeInto(late, opened);
    throw late;
  }

  /**
   * Closes everything held, newest first, each exactly once. A failing close does not skip the
   * others, and an interrupt neither reaches the closing nor is lost.
   *
   * @throws CloseFailed with the first failure as its cause and the later ones suppressed in it
   */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    @Nullable CloseFailed failed = null;
    try {
      for (AutoCloseable newest : takeAll()) {
        try {
          newest.close();
        } catch (Exception | Error e) {
          failed = CloseFailed.first(failed, e);
        }
        interrupted |= Thread.interrupted();
      }
      if (parent != null) {
        parent.release(this);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  /** Newest first. */
  private List<AutoCloseable> takeAll() {
    lock.lock();
    try {
      closed = true;
      List<AutoCloseable> all = List.copyOf(held);
      held.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }

  private void release(Scope child) {
    lock.lock();
    try {
      held.remove(child);
    } finally {
      lock.unlock();
    }
  }

  private static void closeInto(Exception primary, AutoCloseable opened) {
    try {
      opened.close();
    } catch (Exception | Error e) {
      primary.addSuppressed(e);
    }
  }
}
