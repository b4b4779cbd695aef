package dev.fermata.security;

import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys, each of one owner; an owner may have several. */
final class Keyring {

  static final Keyring EMPTY = new Keyring(Map.of());

  private record Candidate(byte[] hash, String owner) {}

  private final Map<String, Key> byHash;
  private final List<Candidate> candidates;

  private Keyring(Map<String, Key> byHash) {
    this.byHash = byHash;
    this.candidates =
        byHash.values().stream().map(key -> new Candidate(key.hash(), key.owner())).toList();
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
    for (Candidate candidate : candidates) {
      if (MessageDigest.isEqual(candidate.hash(), hash)) {
        owner = candidate.owner();
      }
    }
    return Optional.ofNullable(owner);
  }

  int size() {
    return candidates.size();
  }
}
