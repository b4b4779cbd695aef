package dev.fermata.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The server can't keep its state where it was told to. */
public final class DataDirectoryUnusable extends RuntimeException {

  DataDirectoryUnusable(Path path, String why, @Nullable Throwable cause) {
    super("The data directory " + path + " (fermata.data-dir) can't be used: " + why + ".", cause);
  }
}
