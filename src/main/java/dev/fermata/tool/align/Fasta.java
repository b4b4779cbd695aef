package dev.fermata.tool.align;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads proteins in FASTA format. Used once, by one thread. */
final class Fasta {

  private final List<Target> targets = new ArrayList<>();
  private final StringBuilder sequence = new StringBuilder();
  private @Nullable String header;
  private int headerLine;

  private Fasta() {}

  /**
   * Reads all records; those without residues are left out.
   *
   * @throws IOException also when it is not FASTA, with the line
   */
  static List<Target> read(BufferedReader lines) throws IOException {
    var fasta = new Fasta();
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      fasta.take(line.strip(), ++number);
    }
    fasta.finishRecord();
    return fasta.targets;
  }

  private void take(String line, int number) throws IOException {
    if (line.startsWith(">")) {
      finishRecord();
      header = line.substring(1).strip();
      headerLine = number;
    } else if (header != null) {
      sequence.append(line);
    } else if (!line.isEmpty()) {
      throw new IOException("line " + number + ": FASTA begins with a header line, >name");
    }
  }

  private void finishRecord() throws IOException {
    if (header == null || sequence.isEmpty()) {
      return;
    }
    String[] words = header.split("\\s+", 2);
    targets.add(new Target(words[0], words.length > 1 ? words[1] : "", residues()));
    sequence.setLength(0);
  }

  private Residues residues() throws IOException {
    try {
      return Residues.of(sequence.toString());
    } catch (IllegalArgumentException e) {
      throw new IOException("the record of line " + headerLine + ": " + e.getMessage(), e);
    }
  }
}
