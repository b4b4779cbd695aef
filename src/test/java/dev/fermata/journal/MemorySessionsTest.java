package dev.fermata.journal;

import dev.fermata.job.Event;
import dev.fermata.session.SessionsContract;
import java.util.List;
import java.util.function.Consumer;

/** The sessions that other tests trust keep the contract themselves. */
class MemorySessionsTest extends SessionsContract {

  @Override
  protected Storage open(Consumer<List<Event>> visible) {
    return new MemoryStorage(new MemoryJournal(visible));
  }
}
