package dev.fermata.delivery;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Dockerfile, instruction by instruction; one that goes on over several lines is one. */
record Dockerfile(List<Instruction> instructions) {

  static final Path FILE = Path.of("src/main/docker/Dockerfile");

  /** A word in capitals, its flags ({@code --mount=...}), and what it is told. */
  record Instruction(String word, List<String> flags, String told) {

    static Instruction of(String line) {
      List<String> words = List.of(line.split(" +"));
      List<String> flags = words.stream().skip(1).takeWhile(w -> w.startsWith("--")).toList();
      String told = words.stream().skip(1 + flags.size()).collect(joining(" "));
      return new Instruction(words.getFirst(), flags, told);
    }

    boolean is(String word) {
      return this.word.equals(word);
    }
  }

  static Dockerfile read() throws IOException {
    String lines =
        Files.readAllLines(FILE).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .collect(joining("\n"));
    return new Dockerfile(lines.replaceAll("\\\\\n *", "").lines().map(Instruction::of).toList());
  }
}
