package dev.fermata.journal;

import org.junit.jupiter.api.AfterEach;

/** The journal that other tests trust keeps the contract itself. */
class MemoryJournalTest extends JournalContract {

  private final MemoryJournal journal = new MemoryJournal();

  @AfterEach
  void close() {
    journal.close();
  }

  @Override
  protected Journal journal() {
    return journal;
  }

  @Override
  protected Jobs jobs() {
    return journal;
  }
}
