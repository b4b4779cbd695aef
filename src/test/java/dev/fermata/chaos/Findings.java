package dev.fermata.chaos;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is wrong, as it is found. Safe for many threads. */
final class Findings {

  /** One thing that must not be. */
  record Finding(Check check, String subject, String what) {
    @Override
    public String toString() {
      return check + " " + subject + ": " + what;
    }
  }

  private final List<Finding> all = new CopyOnWriteArrayList<>();

  void add(Check check, String subject, String what) {
    all.add(new Finding(check, subject, what));
  }

  /** Adds what is wrong unless this holds. */
  void require(boolean holds, Check check, String subject, String what) {
    if (!holds) {
      add(check, subject, what);
    }
  }

  List<Finding> all() {
    return all;
  }

  long count(Check check) {
    return all.stream().filter(it -> it.check() == check).count();
  }
}
