package dev.fermata.wiring;

import dev.fermata.store.DataDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Lays the databases that come with the server into its data directory, where programs find them
 * under a path. A file that is there already is the deployer's and stays.
 */
final class ShippedDatabases {

  private static final String SHIPPED = "classpath:/databases/*";

  private ShippedDatabases() {}

  static void layInto(DataDirectory dataDirectory) throws IOException {
    Path directory = Files.createDirectories(dataDirectory.path().resolve("db"));
    for (Resource shipped : new PathMatchingResourcePatternResolver().getResources(SHIPPED)) {
      Path target = directory.resolve(String.valueOf(shipped.getFilename()));
      if (!Files.exists(target)) {
        copy(shipped, target);
      }
    }
  }

  /** By way of another name, so that a copy that was cut short is never taken for the whole. */
  private static void copy(Resource shipped, Path target) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try (InputStream in = shipped.getInputStream()) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
