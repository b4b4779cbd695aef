package dev.fermata.fuzz;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What was found, each sort once with how often. Safe for use by many threads. */
final class Findings {

  private record Finding(String example, int times) {}

  private final Map<String, Finding> byComplaint = new LinkedHashMap<>();
  private final Map<String, Integer> heard = new TreeMap<>();

  synchronized void count(Heard what) {
    String sort =
        switch (what) {
          case Heard.Answered(Received answer) -> Integer.toString(answer.status());
          case Heard.Cut cut -> "cut";
          case Heard.Silence silence -> "no answer";
          case Heard.Left left -> "client left";
          case Heard.Hung hung -> "hung";
        };
    heard.merge(sort, 1, Integer::sum);
  }

  synchronized void add(String complaint, Sent sent, Heard what) {
    String example =
        "%s\n-- sent (lawful %s)\n%s\n-- heard\n%s\n"
            .formatted(
                complaint,
                sent.lawful(),
                sent.shown(),
                what.received().map(Received::shown).orElseGet(what::toString));
    byComplaint.merge(
        complaint,
        new Finding(example, 1),
        (first, again) -> new Finding(first.example(), first.times() + 1));
  }

  synchronized boolean isEmpty() {
    return byComplaint.isEmpty();
  }

  /** How often each sort of answer came. */
  synchronized String answers() {
    return heard.toString();
  }

  synchronized String report() {
    var report = new StringBuilder();
    byComplaint
        .values()
        .forEach(
            finding ->
                report
                    .append(finding.times())
                    .append(" x ")
                    .append(finding.example())
                    .append('\n'));
    return report.toString();
  }
}
