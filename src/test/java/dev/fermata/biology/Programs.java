package dev.fermata.biology;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The programs on this machine, run by hand. */
final class Programs {

  private static final List<String> INSTALLED_BY_THE_LINE =
      List.of(
          "blastp",
          "psiblast",
          "makeblastdb",
          "blastdbcmd",
          "phmmer",
          "jackhmmer",
          "hmmscan",
          "hmmsearch",
          "hmmpress",
          "mafft");
  private static final List<String> OPTIONAL = List.of("mmseqs");

  private Programs() {}

  static boolean has(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  static boolean runs(Case one) {
    return INSTALLED_BY_THE_LINE.stream().filter(one::names).allMatch(Programs::has)
        && OPTIONAL.stream().filter(one::names).allMatch(Programs::has);
  }

  /** Skips a test whose programs are not on this machine. */
  static void assumeInstalled(Case one) {
    INSTALLED_BY_THE_LINE.stream()
        .filter(one::names)
        .forEach(program -> assumeTrue(has(program), one.id() + ": " + missing(program)));
    OPTIONAL.stream()
        .filter(one::names)
        .forEach(
            program -> assumeTrue(has(program), one.id() + ": " + program + " is not installed"));
  }

  static void assumeInstalled(String program) {
    assumeTrue(has(program), missing(program));
  }

  private static String missing(String program) {
    return program
        + " is not installed:"
        + " apt-get install -y --no-install-recommends ncbi-blast+ hmmer mafft";
  }

  /** Runs a command in a directory, where its output stays; says its return code. */
  static int run(Path directory, List<String> command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectInput(new File("/dev/null"))
        .redirectOutput(directory.resolve("stdout").toFile())
        .redirectError(directory.resolve("stderr").toFile())
        .start()
        .waitFor();
  }

  /** Makes what BLAST and HMMER read out of the FASTA files and profiles below a directory. */
  static void index(Path data) throws IOException, InterruptedException {
    for (Path fasta : children(data.resolve("db"), ".fasta")) {
      String name = fasta.toString().replaceFirst("\\.fasta$", "");
      mustRun(data, "makeblastdb", "-in", fasta.toString(), "-dbtype", "prot", "-out", name);
    }
    for (Path profiles : children(data.resolve("hmm"), ".hmm")) {
      mustRun(data, "hmmpress", "-f", profiles.toString());
    }
  }

  private static List<Path> children(Path directory, String ending) throws IOException {
    try (var all = Files.list(directory)) {
      return all.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  private static void mustRun(Path directory, String... command)
      throws IOException, InterruptedException {
    if (has(command[0]) && run(directory, List.of(command)) != 0) {
      throw new IOException(Files.readString(directory.resolve("stderr")));
    }
  }
}
