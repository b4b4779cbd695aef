package dev.fermata.security;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All keys that hold now: those of the settings, and those of a file that may change while the
 * server runs. Safe for use by many threads.
 */
public final class Keys {

  private static final Logger log = LoggerFactory.getLogger(Keys.class);

  private final Keyring fixed;
  private final @Nullable KeysFile file;

  @GuardedBy("this")
  private Keyring all;

  @GuardedBy("this")
  private KeysFile.@Nullable Version seen;

  /**
   * Reads all keys.
   *
   * @param settings by their owners
   * @param file null for none
   * @throws IllegalArgumentException when one of them can't be a key, or two owners have the same
   */
  public Keys(Map<String, List<String>> settings, @Nullable Path file) {
    this.fixed = ring(settings);
    this.file = file == null ? null : new KeysFile(file);
    this.seen = this.file == null ? null : this.file.version();
    this.all = this.file == null ? fixed : this.file.readBeside(fixed);
    if (file != null && all.size() == 0) {
      throw new IllegalArgumentException(file + " has no key");
    }
  }

  private static Keyring ring(Map<String, List<String>> byOwner) {
    Keyring ring = Keyring.EMPTY;
    for (String owner : byOwner.keySet()) {
      List<String> values = byOwner.getOrDefault(owner, List.of());
      for (String value : values.isEmpty() ? List.of("") : values) {
        ring = ring.with(Key.of(owner, value));
      }
    }
    return ring;
  }

  /** Whether there are any, so that nobody comes in without one. */
  public boolean demanded() {
    return file != null || fixed.size() > 0;
  }

  /** Whose a key is that a client presents; empty when it is nobody's. */
  Optional<String> owner(String presented) {
    return current().owner(presented);
  }

  private synchronized Keyring current() {
    if (file != null) {
      KeysFile.@Nullable Version now = file.version();
      if (!Objects.equals(now, seen)) {
        seen = now;
        readAgain(file);
      }
    }
    return all;
  }

  /** A version that is broken changes nothing: better old keys than nobody's. */
  @GuardedBy("this")
  private void readAgain(KeysFile changed) {
    try {
      all = changed.readBeside(fixed);
      log.info("The file of keys has changed: {} keys hold now", all.size());
    } catch (IllegalArgumentException e) {
      log.error(
          "The file of keys has changed and is refused; the old keys hold: {}", e.getMessage());
    }
  }
}
