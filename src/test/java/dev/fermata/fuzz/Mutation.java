package dev.fermata.fuzz;

import java.util.random.RandomGenerator;

/** Breaks a text in a few places. */
final class Mutation {

  private Mutation() {}

  static String of(String text, RandomGenerator random) {
    String mutated = text;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      mutated = once(mutated, random);
    }
    return mutated;
  }

  private static String once(String text, RandomGenerator random) {
    int at = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), at + 1 + random.nextInt(8));
    String before = text.substring(0, at);
    String slice = text.substring(at, to);
    String after = text.substring(to);
    return switch (random.nextInt(5)) {
      case 0 -> before + after;
      case 1 -> before + slice + slice + after;
      case 2 -> before + (char) random.nextInt(256) + after;
      case 3 -> before + slice + (char) random.nextInt(256) + after;
      default -> before + new StringBuilder(slice).reverse() + after;
    };
  }
}
