package dev.fermata.feed;

/** The server ended a watch before its job ended; whoever watched can come back and resume. */
public final class Cut extends RuntimeException {

  Cut() {
    super("the server stops");
  }
}
