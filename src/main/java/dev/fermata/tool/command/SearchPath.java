package dev.fermata.tool.command;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Where programs are looked for. */
record SearchPath(String directories) {

  static final String VARIABLE = "PATH";

  /** The server's own. */
  static SearchPath inherited() {
    String path = System.getenv(VARIABLE);
    return new SearchPath(path == null ? "/usr/local/bin:/usr/bin:/bin" : path);
  }

  /** Whether there is such a program, by its name or by its absolute path. */
  boolean has(String program) {
    return Arrays.stream(directories.split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory).resolve(program))
        .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }
}
