package dev.fermata.journal;

import org.jspecify.annotations.Nullable;

/** The journal could not store anything: the disk is full, read-only or gone. */
public final class JournalUnavailable extends RuntimeException {

  public JournalUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
