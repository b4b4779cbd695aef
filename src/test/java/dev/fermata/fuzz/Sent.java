package dev.fermata.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a client puts on a connection, one character for each byte.
 *
 * @param lawful whether it is one request as HTTP wants it, so that it must be answered
 */
record Sent(String text, boolean lawful) {

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern LINE =
      Pattern.compile(
          "(?!CONNECT|TRACE)" + TOKEN + " (http:/)?/[^\\x00-\\x20\"<>\\\\^`{|}#\\x7f-\\xff]*");
  private static final Pattern HEADER = Pattern.compile(TOKEN + ":[\\t\\x20-\\x7e\\x80-\\xff]*");

  /** Whoever sends one of these says what the connection itself must do. */
  private static final Pattern FRAMING =
      Pattern.compile("(?i)(Content-Length|Transfer-Encoding|Host|Expect):.*");

  private static final Pattern STAYING =
      Pattern.compile("(?is).*(wait=|event-stream|x-ndjson|\\*/\\*|application/\\*).*");

  /** Longer heads are refused before they have been read. */
  private static final int LONGEST_HEAD = 7500;

  static Sent garbage(String text) {
    return new Sent(text, false);
  }

  /** Completes an exchange of the grammar: a head, an empty line and a body. */
  static Sent exchange(String exchange) {
    int end = exchange.indexOf("\n\n");
    String head = end < 0 ? exchange.strip() : exchange.substring(0, end);
    String body = end < 0 ? "" : exchange.substring(end + 2);
    String[] lines = head.split("\n", -1);
    lines[0] += " HTTP/1.1";
    boolean framed = false;
    boolean lawful = LINE.matcher(lines[0].substring(0, lines[0].length() - 9)).matches();
    for (int i = 1; i < lines.length; i++) {
      framed |= FRAMING.matcher(lines[i]).matches();
      lawful &= HEADER.matcher(lines[i]).matches();
    }
    String whole =
        String.join("\r\n", lines)
            + (framed ? "\r\n" : "\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n")
            + "\r\n"
            + body;
    return new Sent(whole, lawful && !framed && head.length() < LONGEST_HEAD);
  }

  byte[] bytes() {
    return text.getBytes(ISO_8859_1);
  }

  boolean isHead() {
    return text.startsWith("HEAD ");
  }

  /** The path as it was sent. */
  String path() {
    String[] line = text.split("[ \r\n]", 3);
    return line.length < 2
        ? ""
        : line[1].replaceFirst("^http://[^/]*", "").replaceFirst("\\?.*", "");
  }

  String method() {
    return text.split("[ \r\n]", 2)[0];
  }

  /** Whether its answer may take as long as a job. */
  boolean mayStay() {
    return STAYING.matcher(text).matches();
  }

  /** Whether its answer may have no end: that of the backlog ends when the client leaves. */
  boolean mayStayForEver() {
    return mayStay() && path().matches("/+backlog/?");
  }

  /** To be read by people. */
  String shown() {
    String shown =
        text.replace("\\", "\\\\").replace("\r\n", "\n").replaceAll("[a-zA-Z]{100,}", "(letters)");
    var printable = new StringBuilder();
    for (char c : shown.substring(0, Math.min(1500, shown.length())).toCharArray()) {
      boolean plain = c == '\n' || (c >= ' ' && c < 127);
      printable.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "\\x%02x", (int) c));
    }
    return printable.toString();
  }
}
