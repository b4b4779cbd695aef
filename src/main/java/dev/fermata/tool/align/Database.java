package dev.fermata.tool.align;

import java.util.List;

/** The proteins that queries are compared with, in the order of their file. */
record Database(List<Target> targets) {

  Database {
    targets = List.copyOf(targets);
  }

  /** How many residues it has in all. */
  long residues() {
    return targets.stream().mapToLong(target -> target.residues().length()).sum();
  }
}
