package dev.fermata.journal;

import dev.fermata.session.Sessions;

/** All in the memory of a {@link MemoryJournal}. */
public record MemoryStorage(MemoryJournal journal) implements Storage {

  @Override
  public Jobs jobs() {
    return journal;
  }

  @Override
  public Events events() {
    return journal;
  }

  @Override
  public Sessions sessions() {
    return journal;
  }

  @Override
  public UsedKeys keys() {
    return journal;
  }

  @Override
  public Kept kept() {
    return journal.kept();
  }

  @Override
  public void close() {
    journal.close();
  }
}
