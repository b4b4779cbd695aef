package dev.fermata.journal;

import dev.fermata.job.Event;
import java.util.List;
import java.util.function.Consumer;

/** The jobs that other tests trust keep the contract themselves. */
class MemoryJobsTest extends JobsContract {

  @Override
  protected Storage open(Consumer<List<Event>> visible) {
    return new MemoryStorage(new MemoryJournal(visible));
  }
}
