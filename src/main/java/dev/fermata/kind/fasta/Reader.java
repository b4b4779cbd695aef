package dev.fermata.kind.fasta;

import dev.fermata.kind.fasta.Entry.Stop;
import java.util.ArrayList;
import java.util.List;

/** Reads one sequence input, in one pass over what was sent. */
final class Reader {

  private static final String UNNAMED = "query";

  private final Sent sent;
  private final Alphabet alphabet;
  private final boolean many;
  private final Findings findings = new Findings();
  private final List<String> warnings;
  private final StringBuilder written;
  private Entry entry;
  private String name = "";
  private int line;
  private int lineStart;

  Reader(Sent sent, Alphabet alphabet, boolean many) {
    this.sent = sent;
    this.alphabet = alphabet;
    this.many = many;
    this.warnings = new ArrayList<>(sent.repairs());
    this.written = new StringBuilder(sent.text().length());
    this.line = sent.line(sent.from());
    this.entry = Entry.bare(line);
  }

  Fasta read() {
    if (sent.isEmpty()) {
      findings.fault("is empty; a " + alphabet.word() + " sequence is needed");
    } else if (!sent.isFasta()) {
      readBare();
    } else if (sent.isOneLine()) {
      findings.fault(lostLines());
    } else {
      readRecords(sent.from());
    }
    findings.warnings(warnings, many);
    return new Fasta(value(), name, findings.faults(alphabet, many), List.copyOf(warnings));
  }

  private String value() {
    return many ? written.toString().strip() + "\n" : written.toString();
  }

  /** What {@code curl -d @file} makes of a FASTA file. */
  private String lostLines() {
    return "line "
        + line
        + ": a header with no sequence after it, and no other line. If a file was sent with"
        + " curl -d @file, curl removed its line breaks: send it with curl --data-binary @file";
  }

  private void readBare() {
    int header = sent.text().indexOf("\n>", sent.from());
    if (header >= 0) {
      int first = line;
      line = sent.line(header + 1);
      findings.fault("line %d: text before the first header, in line %d".formatted(first, line));
      readRecords(header + 1);
      return;
    }
    if (many) {
      written.append('>').append(UNNAMED).append('\n');
      warnings.add("no header line: called the sequence " + UNNAMED);
    }
    readSequence(sent.from());
  }

  private void readRecords(int from) {
    int place = from;
    while (place < sent.to()) {
      place = readSequence(readHeader(place));
    }
  }

  /** Reads a header line from its {@code >}; returns the start of the next line. */
  private int readHeader(int start) {
    int end = sent.endOfLine(start);
    entry = Entry.of(sent.text().substring(start + 1, end), line);
    if (name.isEmpty()) {
      name = entry.name;
    }
    findings.begun(entry);
    if (many) {
      written.append(sent.text(), start, end).append('\n');
    }
    line++;
    return end + 1;
  }

  /** Reads lines up to a header or the end of it all; returns where that is. */
  private int readSequence(int from) {
    int place = from;
    while (place < sent.to() && sent.text().charAt(place) != '>') {
      place = readLine(place);
    }
    Stop stop = entry.stop;
    if (stop != null) {
      written.deleteCharAt(stop.index());
      findings.lastStops.add(entry::called);
    }
    findings.ended(entry, alphabet);
    return place;
  }

  private int readLine(int start) {
    int end = sent.endOfLine(start);
    lineStart = sent.text().lastIndexOf('\n', start - 1) + 1;
    for (int place = start; place < end; place++) {
      char c = sent.text().charAt(place);
      if (!Sent.isBlank(c)) {
        place = readResidue(c, place);
      } else if (many) {
        written.append(c);
      }
    }
    if (many) {
      written.append('\n');
    }
    line++;
    return end + 1;
  }

  /** Reads one character; returns the place of its last half. */
  private int readResidue(char c, int place) {
    Stop stop = entry.stop;
    if (stop != null) {
      findings.innerStops.add(() -> found(stop.place(), stop.line(), stop.lineStart()));
      entry.stop = null;
    }
    entry.isEmpty &= isStop(c);
    if (alphabet.has(c)) {
      entry.composition.add(c);
    } else if (isStop(c)) {
      entry.stop = new Stop(place, line, lineStart, written.length());
    } else {
      FirstFew sort = c == '-' || c == '.' ? findings.gaps : findings.strays;
      sort.add(() -> found(place, line, lineStart));
      return place + Character.charCount(sent.text().codePointAt(place)) - 1;
    }
    written.append(c);
    return place;
  }

  private boolean isStop(char c) {
    return c == '*' && alphabet == Alphabet.PROTEIN;
  }

  /** What stands at a place, and where that is; takes as long as the line. */
  private String found(int place, int inLine, int from) {
    int column = sent.text().codePointCount(from, place) + 1;
    return Shown.character(sent.text().codePointAt(place)) + " (" + entry.at(inLine, column) + ")";
  }
}
