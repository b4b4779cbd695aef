package dev.fermata.delivery;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A directory with packages as their lock file names them; kept from one run to the next. */
public record Npm(Path directory) {

  private static final String LOCK = "package-lock.json";

  /** Has the packages of a directory of sources, and a copy of the sources; else skips the test. */
  public static Npm installed(Path sources) throws IOException {
    for (String program : List.of("node", "npm")) {
      assumeTrue(
          Command.isInstalled(program),
          program + " is not installed: apt-get install -y --no-install-recommends nodejs npm");
    }
    var npm = new Npm(Path.of("target").resolve(sources.getFileName()));
    npm.copy(sources);
    npm.install();
    return npm;
  }

  private void copy(Path sources) throws IOException {
    Files.createDirectories(directory);
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.toList()) {
        Files.copy(file, directory.resolve(file.getFileName()), REPLACE_EXISTING);
      }
    }
  }

  private void install() throws IOException {
    Path installed = directory.resolve("installed");
    if (!Files.exists(installed) || Files.mismatch(directory.resolve(LOCK), installed) != -1) {
      run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
      Files.copy(directory.resolve(LOCK), installed, REPLACE_EXISTING);
    }
  }

  /** Runs a program in the directory, and returns what it printed. */
  public String run(String... words) throws IOException {
    return Command.of(directory, words).succeed();
  }
}
