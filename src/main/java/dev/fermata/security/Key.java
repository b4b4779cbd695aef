package dev.fermata.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One API key as the server keeps it: only its hash, so that nobody can read the key out of the
 * settings.
 *
 * @param sha256 in lower-case hexadecimal digits
 */
record Key(String owner, String sha256) {

  private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern HASH = Pattern.compile("\\{sha256}([0-9a-fA-F]{64})");

  /**
   * A key as settings write it.
   *
   * @throws IllegalArgumentException which never repeats the value: it may be the key itself
   */
  static Key of(String owner, String value) {
    if (!OWNER.matcher(owner).matches()) {
      throw new IllegalArgumentException(
          "the name of an owner has 1 to 64 of the letters A to Z and a to z, digits and . _ -");
    }
    Matcher hash = HASH.matcher(value.strip());
    if (!hash.matches()) {
      throw new IllegalArgumentException(
          "a key of " + owner + " must be {sha256} and the 64 hexadecimal digits of its SHA-256");
    }
    return new Key(owner, HexFormat.of().formatHex(HexFormat.of().parseHex(hash.group(1))));
  }

  byte[] hash() {
    return HexFormat.of().parseHex(sha256);
  }

  /** The hash of a key as a client sent it, byte for byte. */
  static byte[] hash(String presented) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(presented.getBytes(StandardCharsets.ISO_8859_1));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "a key of " + owner;
  }
}
