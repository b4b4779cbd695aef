package dev.fermata.kind.fasta;

import java.util.ArrayList;
import java.util.List;

/**
 * What the client sent, with the harmless damage of editors and other systems undone. Lines keep
 * their numbers, and characters their columns.
 *
 * @param text without a byte order mark, with LF between lines
 * @param from where what isn't blank begins
 * @param to where what isn't blank ends
 * @param repairs what was undone, in words
 */
record Sent(String text, int from, int to, List<String> repairs) {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  static Sent of(String sent) {
    var repairs = new ArrayList<String>();
    String text = sent;
    if (text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(1);
      repairs.add("repaired: removed the byte order mark");
    }
    if (text.indexOf('\r') >= 0) {
      text = text.replace("\r\n", "\n").replace('\r', '\n');
      repairs.add("repaired: changed CRLF or CR line ends to LF");
    }
    Sent unmarked = new Sent(text, start(text), end(text), repairs);
    if (!unmarked.isEmpty() && unmarked.hasBlankLinesAround()) {
      repairs.add("repaired: removed blank lines around it");
    }
    return unmarked;
  }

  boolean isEmpty() {
    return from >= to;
  }

  /** Whether it begins with a header; else it is a bare sequence. */
  boolean isFasta() {
    return !isEmpty() && text.charAt(from) == '>';
  }

  boolean isOneLine() {
    return endOfLine(from) == to;
  }

  /** Where the line that holds a place ends: at its line break, or at the end of it all. */
  int endOfLine(int place) {
    int end = text.indexOf('\n', place);
    return end < 0 || end > to ? to : end;
  }

  /** The number of the line that holds a place, from 1. */
  int line(int place) {
    return 1 + (int) text.chars().limit(place).filter(c -> c == '\n').count();
  }

  static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private boolean hasBlankLinesAround() {
    int last = text.indexOf('\n', to);
    return text.lastIndexOf('\n', from) >= 0 || (last >= 0 && text.indexOf('\n', last + 1) >= 0);
  }

  private static int start(String text) {
    int start = 0;
    while (start < text.length() && isBlank(text.charAt(start))) {
      start++;
    }
    return start;
  }

  private static int end(String text) {
    int end = text.length();
    while (end > 0 && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }
}
