package dev.fermata.kind.fasta;

import org.jspecify.annotations.Nullable;

/** The FASTA record, or bare sequence, that is being read. */
final class Entry {

  /**
   * A stop that is the last residue so far.
   *
   * @param index its place in what is written
   */
  record Stop(int place, int line, int lineStart, int index) {}

  final String name;
  final int line;
  final Composition composition = new Composition();
  boolean isEmpty = true;
  @Nullable Stop stop;

  private final boolean bare;

  private Entry(String name, int line, boolean bare) {
    this.name = name;
    this.line = line;
    this.bare = bare;
  }

  static Entry bare(int line) {
    return new Entry("", line, true);
  }

  /** A record by its header line, without the {@code >}: its name is the first word. */
  static Entry of(String header, int line) {
    String title = header.strip();
    int end = 0;
    while (end < title.length() && !Character.isWhitespace(title.charAt(end))) {
      end++;
    }
    return new Entry(title.substring(0, end), line, false);
  }

  /** What to call it in a message. */
  String called() {
    return bare ? "what was sent" : record() + " (line " + line + ")";
  }

  /** A place in it. */
  String at(int placeLine, int column) {
    String place = "line " + placeLine + ", column " + column;
    return bare ? place : record() + ", " + place;
  }

  private String record() {
    return name.isEmpty() ? "a record without a name" : "record " + Shown.text(name);
  }
}
