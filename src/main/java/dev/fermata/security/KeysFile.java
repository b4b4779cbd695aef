package dev.fermata.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of keys: one {@code owner: {sha256}...} a line; blank lines and lines that begin with #
 * say nothing.
 */
record KeysFile(Path path) {

  /** What tells one version of the file from the next; null when there is none. */
  record Version(FileTime modified, long size, @Nullable Object file) {}

  @Nullable Version version() {
    try {
      var now = Files.readAttributes(path, BasicFileAttributes.class);
      return new Version(now.lastModifiedTime(), now.size(), now.fileKey());
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Reads the keys, and puts them beside others. A file without any takes away all that it had.
   *
   * @throws IllegalArgumentException that names the line which is wrong, and never repeats it
   */
  Keyring readBeside(Keyring others) {
    Keyring all = others;
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        all = with(line, i + 1, all);
      }
    }
    return all;
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(path);
    } catch (IOException e) {
      throw new IllegalArgumentException(path + " can't be read: " + e);
    }
  }

  private Keyring with(String line, int number, Keyring others) {
    String[] parts = line.split(":", 2);
    try {
      if (parts.length == 1) {
        throw new IllegalArgumentException("it must be an owner, a colon and {sha256}...");
      }
      return others.with(Key.of(parts[0].strip(), parts[1]));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s, line %d: %s".formatted(path, number, e.getMessage()));
    }
  }
}
