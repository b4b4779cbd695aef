package dev.fermata.journal;

import dev.fermata.job.Event;
import java.util.List;
import java.util.function.Consumer;

/** What other tests trust to be kept keeps the contract itself. */
class MemoryKeptTest extends KeptContract {

  @Override
  protected Storage open(Consumer<List<Event>> visible) {
    return new MemoryStorage(new MemoryJournal(visible));
  }
}
