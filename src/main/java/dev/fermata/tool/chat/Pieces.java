package dev.fermata.tool.chat;

import dev.fermata.kind.Run;
import java.util.function.Consumer;

/** A reply as it comes: each piece is given out, and all of them are kept. For one thread. */
final class Pieces implements Consumer<String> {

  /** A model that never ends must not take all of the memory. */
  static final int MOST_CHARACTERS = 1_000_000;

  /** The reply is longer than {@link #MOST_CHARACTERS}. */
  static final class TooLong extends RuntimeException {}

  private final Run run;
  private final StringBuilder reply = new StringBuilder();

  /** The first half of a character whose second half comes with the next piece. */
  private String half = "";

  Pieces(Run run) {
    this.run = run;
  }

  @Override
  public void accept(String piece) {
    String text = half + piece;
    int end = text.length();
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    half = text.substring(end);
    if (reply.length() + end > MOST_CHARACTERS) {
      throw new TooLong();
    }
    if (end > 0) {
      reply.append(text, 0, end);
      run.chunk(ChatHandler.REPLY, text.substring(0, end));
    }
  }

  /** What has come so far. */
  String joined() {
    return reply.toString();
  }
}
