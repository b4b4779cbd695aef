package dev.fermata.kind.fasta;

import java.util.StringJoiner;
import java.util.function.Supplier;

/** The first few of the things found, in words, and the number of the others. */
final class FirstFew {

  private static final int FEW = 5;

  private final StringJoiner words = new StringJoiner(", ");
  private int count;

  void add(Supplier<String> thing) {
    if (count++ < FEW) {
      words.add(thing.get());
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  @Override
  public String toString() {
    return count <= FEW ? words.toString() : words + " and " + (count - FEW) + " more";
  }
}
