package dev.fermata.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.job.Event;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Started;
import dev.fermata.job.Job;
import dev.fermata.session.Sessions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What all contracts of a storage begin with. */
public abstract class StorageContract {

  /** What was handed over as visible, append by append. */
  protected final List<List<Event>> shown = new CopyOnWriteArrayList<>();

  private volatile Consumer<List<Event>> watcher = events -> {};
  private Storage storage;

  protected abstract Storage open(Consumer<List<Event>> visible);

  @BeforeEach
  protected final void openStorage() {
    storage =
        open(
            events -> {
              shown.add(events);
              watcher.accept(events);
            });
  }

  @AfterEach
  protected final void closeStorage() {
    storage.close();
  }

  /** From now on this one is handed the events, too. */
  protected final void watch(Consumer<List<Event>> watcher) {
    this.watcher = watcher;
  }

  protected final Storage storage() {
    return storage;
  }

  protected final Journal journal() {
    return storage.journal();
  }

  protected final Jobs jobs() {
    return storage.jobs();
  }

  protected final Events events() {
    return storage.events();
  }

  protected final Kept kept() {
    return storage.kept();
  }

  protected final Sessions sessions() {
    return storage.sessions();
  }

  protected final UsedKeys keys() {
    return storage.keys();
  }

  protected final void store(Fact... facts) {
    append(facts).join();
  }

  protected final CompletableFuture<Void> append(Fact... facts) {
    return journal().append(List.of(facts), () -> {});
  }

  protected final void assertStale(Fact... facts) {
    assertThatThrownBy(() -> store(facts))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(Stale.class);
  }

  protected final JobRecord find(Job job) {
    return jobs().find(job.id()).orElseThrow();
  }

  /** All events of a job. */
  protected final List<Event> eventsOf(Job job) {
    return events().after(job.id(), 0, Integer.MAX_VALUE);
  }

  protected static Started started(Job job, int attempt) {
    return new Started(job.id(), attempt, Sample.NOON);
  }
}
