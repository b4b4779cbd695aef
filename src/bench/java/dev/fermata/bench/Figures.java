package dev.fermata.bench;

import java.util.List;
import java.util.Locale;

/** Figures of one kind, the smallest first. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Figures(double[] sorted) {

  static Figures of(List<Double> figures) {
    return new Figures(figures.stream().mapToDouble(Double::doubleValue).sorted().toArray());
  }

  double at(double share) {
    return sorted[(int) (share * (sorted.length - 1))];
  }

  double median() {
    return at(0.5);
  }

  /** The median and the range. */
  String range() {
    return String.format(Locale.ROOT, "%.1f (%.1f-%.1f)", median(), at(0), at(1));
  }

  /** As times: what most see, what few see, and the worst. */
  String times() {
    return String.format(
        Locale.ROOT,
        "p50 %.1f  p99 %.1f  max %.1f ms, of %d",
        median(),
        at(0.99),
        at(1),
        sorted.length);
  }
}
