package dev.fermata.store;

import dev.fermata.job.Event;
import dev.fermata.journal.KeptContract;
import dev.fermata.journal.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;

/** What a real SQLite file keeps. */
class SqliteKeptTest extends KeptContract {

  @TempDir private Path directory;

  @Override
  protected Storage open(Consumer<List<Event>> visible) {
    return SqliteStorage.open(directory, visible);
  }
}
