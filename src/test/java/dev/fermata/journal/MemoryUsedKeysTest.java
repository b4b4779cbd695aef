package dev.fermata.journal;

import dev.fermata.job.Event;
import java.util.List;
import java.util.function.Consumer;

/** The keys that other tests trust keep the contract themselves. */
class MemoryUsedKeysTest extends UsedKeysContract {

  @Override
  protected Storage open(Consumer<List<Event>> visible) {
    return new MemoryStorage(new MemoryJournal(visible));
  }
}
