package dev.fermata.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The server can't go on with the database file that it found; it has changed nothing in it. */
public final class DatabaseUnusable extends RuntimeException {

  DatabaseUnusable(Path file, String why, @Nullable Throwable cause) {
    super("The database " + file + " can't be used: " + why + ".", cause);
  }
}
