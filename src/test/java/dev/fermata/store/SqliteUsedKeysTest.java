package dev.fermata.store;

import dev.fermata.job.Event;
import dev.fermata.journal.Storage;
import dev.fermata.journal.UsedKeysContract;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;

/** The used keys in a real SQLite file. */
class SqliteUsedKeysTest extends UsedKeysContract {

  @TempDir private Path directory;

  @Override
  protected Storage open(Consumer<List<Event>> visible) {
    return SqliteStorage.open(directory, visible);
  }
}
