package dev.fermata.scope;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The lifetime of what is open for one job, or for the whole application: holds what was opened and
 * closes it newest first, come what may.
 *
 * <p>A child lies in its parent: it sees what is bound there, and closing the parent closes a child
 * that is still open. Safe for use by several threads; one of them closes, and a second close does
 * nothing.
 *
 * <p>In every request {@link #current} is the application's scope, and in every job the job's own.
 * Other threads don't inherit it: whoever hands them work binds it there, as in {@code
 * executor.execute(() -> scope.run(work))}.
 */
public final class Scope implements AutoCloseable {

  private static final ScopedValue<Scope> CURRENT = ScopedValue.newInstance();

  private final Lock lock = new ReentrantLock();
  private final @Nullable Scope parent;
  private final @Nullable BiConsumer<String, Throwable> onFailure;

  @GuardedBy("lock")
  private final Deque<AutoCloseable> held = new ArrayDeque<>();

  @GuardedBy("lock")
  private final Map<Key<?>, Object> bound = new HashMap<>();

  @GuardedBy("lock")
  private boolean closed;

  private Scope(@Nullable Scope parent, @Nullable BiConsumer<String, Throwable> onFailure) {
    this.parent = parent;
    this.onFailure = onFailure;
  }

  /** An application's scope whose background tasks fail at its close. */
  public static Scope application() {
    return new Scope(null, null);
  }

  /**
   * The application's scope, which has no parent.
   *
   * @param onFailure is told at once of a background task that failed: its name and the cause
   */
  public static Scope application(BiConsumer<String, Throwable> onFailure) {
    return new Scope(null, onFailure);
  }

  /**
   * The scope that the calling thread works in.
   *
   * @throws IllegalStateException when it works in none
   */
  public static Scope current() {
    return CURRENT.orElseThrow(
        () ->
            new IllegalStateException(
                "thread %s works in no scope: whoever hands it work of a job or a request binds one, with scope.run(work)"
                    .formatted(Thread.currentThread().getName())));
  }

  /** Does this work with this scope as the current one. */
  public void run(Runnable work) {
    ScopedValue.where(CURRENT, this).run(work);
  }

  /** Does this work with this scope as the current one, and returns what it gives. */
  public <T extends @Nullable Object, X extends Throwable> T call(
      ScopedValue.CallableOp<? extends T, X> work) throws X {
    return ScopedValue.where(CURRENT, this).<T, X>call(work);
  }

  /**
   * Opens a scope inside this one.
   *
   * @throws IllegalStateException when this scope has closed
   */
  public Scope open() {
    return hold(new Scope(this, null));
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
   * Lets this scope and those inside it see a value.
   *
   * @throws IllegalStateException when this scope has closed, or has a value for this key
   */
  public <T> T bind(Key<T> key, T value) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the scope has closed: " + key + " can't be bound in it");
      }
      if (bound.putIfAbsent(key, value) != null) {
        throw new IllegalStateException(key + " is bound in this scope already");
      }
      return value;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The value that is bound here, or else in the nearest scope around.
   *
   * @throws NoSuchElementException when there is none
   */
  public <T> T get(Key<T> key) {
    return find(key)
        .orElseThrow(() -> new NoSuchElementException("no scope from here outward binds " + key));
  }

  /** The value that is bound here, or else in the nearest scope around; empty without one. */
  public <T> Optional<T> find(Key<T> key) {
    @Nullable T here = here(key);
    return here == null && parent != null ? parent.find(key) : Optional.ofNullable(here);
  }

  @SuppressWarnings("unchecked") // bind lets in nothing else
  private <T> @Nullable T here(Key<T> key) {
    lock.lock();
    try {
      return (T) bound.get(key);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets a task work in the background until it ends, or until this scope closes: then it is
   * interrupted and waited for, in its place among what is held. It has a thread of its own, which
   * works in this scope.
   *
   * <p>When it fails before that, the application ends; in a job's scope, the close of that scope
   * fails.
   *
   * @throws IllegalStateException when this scope has closed
   */
  public void supervise(String name, BackgroundTask task) {
    hold(Supervised.start(name, this, task));
  }

  boolean isOpen() {
    lock.lock();
    try {
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Whether there was somebody to be told of a background task that failed. */
  boolean tell(String name, Throwable cause) {
    if (onFailure != null) {
      onFailure.accept(name, cause);
    }
    return onFailure != null;
  }

  /**
   * Closes everything held, newest first, each exactly once, with this scope as the current one. A
   * failing close does not skip the others, and an interrupt neither reaches the closing nor is
   * lost.
   *
   * @throws CloseFailed with the first failure as its cause and the later ones suppressed in it
   */
  @Override
  public void close() {
    run(this::closeAll);
  }

  private void closeAll() {
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
