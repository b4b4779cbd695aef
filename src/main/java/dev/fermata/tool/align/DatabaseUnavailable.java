package dev.fermata.tool.align;

/** The database cannot be used now; the message says why and what to do. */
final class DatabaseUnavailable extends Exception {

  DatabaseUnavailable(String message) {
    super(message);
  }

  DatabaseUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
