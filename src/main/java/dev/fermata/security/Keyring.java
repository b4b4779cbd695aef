package dev.fermata.security;

import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys, each of one owner; an owner may have several. */
final class Keyring {

  static final Keyring EMPTY = new Keyring(Map.of());

  private final Map<String, Key> byHash;

  private Keyring(Map<String, Key> byHash) {
    this.byHash = byHash;
  }

  /**
   * The same with one more.
   *
   * @throws IllegalArgumentException when somebody else has the same key
   */
  Keyring with(Key key) {
    var more = new LinkedHashMap<>(byHash);
    @Nullable Key same = more.put(key.sha256(), key);
    if (same != null && !same.owner().equals(key.owner())) {
      throw new IllegalArgumentException(
          same.owner() + " and " + key.owner() + " have the same key");
    }
    return new Keyring(more);
  }

  /** Whose a key is; takes the same time whichever it is, and when it is nobody's. */
  Optional<String> owner(String presented) {
    byte[] hash = Key.hash(presented);
    @Nullable String owner = null;
    for (Key key : byHash.values()) {
      if (MessageDigest.isEqual(key.hash(), hash)) {
        owner = key.owner();
      }
    }
    return Optional.ofNullable(owner);
  }

  int size() {
    return byHash.size();
  }
}
