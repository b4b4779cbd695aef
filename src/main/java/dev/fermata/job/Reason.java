package dev.fermata.job;

import java.util.Locale;

/** Why a job did not succeed, for machines. */
public enum Reason {
  CLIENT_REQUEST,
  CLIENT_DISCONNECTED,
  SUPERSEDED,
  EXIT_CODE,
  HANDLER_ERROR,
  KIND_UNAVAILABLE,
  OUTPUT_LIMIT,
  TIMEOUT,
  CRASHED,
  SERVER_STOPPED,
  SCOPE_OPEN_FAILED,
  SCOPE_CLOSE_FAILED,
  SESSION_CHANGED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The reason that {@link #word} spells so. */
  public static Reason of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** How clients and the journal spell it. */
  public String word() {
    return word;
  }
}
