package dev.fermata.journal;

import dev.fermata.job.Event;
import java.util.List;
import java.util.function.Consumer;

/** The journal that other tests trust keeps the contract itself. */
class MemoryJournalTest extends JournalContract {

  @Override
  protected Storage open(Consumer<List<Event>> visible) {
    return new MemoryStorage(new MemoryJournal(visible));
  }
}
