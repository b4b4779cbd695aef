package dev.fermata.biology;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query, a command for it, and what of the outcome is compared.
 *
 * @param compared by the name of the file
 * @param command as typed, with {@code @DATA@} where the databases are
 */
record Case(String id, Path query, int returnCode, Map<String, Mode> compared, String command) {

  private static final Pattern WORD = Pattern.compile("'(?<quoted>[^']*)'|(?<plain>[^\\s']+)");

  /** The cases that a folder holds, in its order. */
  static List<Case> in(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("cases.tsv")).stream()
        .map(line -> of(folder, line.split("\t")))
        .toList();
  }

  private static Case of(Path folder, String[] columns) {
    return new Case(
        columns[0],
        folder.resolve(columns[1]),
        Integer.parseInt(columns[2]),
        compared(columns[3]),
        columns[4]);
  }

  private static Map<String, Mode> compared(String files) {
    return Arrays.stream(files.split(","))
        .map(file -> file.split(":"))
        .filter(file -> file.length == 2)
        .collect(toMap(file -> file[0], file -> Mode.valueOf(file[1].toUpperCase(Locale.ROOT))));
  }

  /** The command as a vector of arguments, as a shell would split it. */
  List<String> arguments(Path data) {
    return WORD.matcher(command.replace("@DATA@", data.toString()))
        .results()
        .map(word -> word.group("quoted") == null ? word.group("plain") : word.group("quoted"))
        .toList();
  }

  boolean names(String program) {
    Matcher words = Pattern.compile("[\\w.-]+").matcher(command);
    return words.results().anyMatch(word -> word.group().equals(program));
  }

  byte[] queryBytes() throws IOException {
    return Files.readAllBytes(query);
  }

  @Override
  public String toString() {
    return id;
  }
}
