package dev.fermata.chaos;

import java.util.List;
import java.util.Locale;

/** The figures of a crash loop so far. For one thread. */
final class Tally {

  private int cycles;
  private int whileStarting;
  private int acknowledged;
  private int verified;
  private int reruns;

  /** A server was killed. */
  void killed(boolean early) {
    cycles++;
    whileStarting += early ? 1 : 0;
  }

  void audited(Ledger ledger, List<Account> jobs) {
    acknowledged += ledger.acknowledged().size();
    verified += jobs.size();
    reruns += jobs.stream().mapToInt(job -> Math.max(0, job.attempt() - 1)).sum();
  }

  int cycles() {
    return cycles;
  }

  int acknowledged() {
    return acknowledged;
  }

  int reruns() {
    return reruns;
  }

  String line(Findings findings) {
    return String.format(
        Locale.ROOT,
        "%5d cycles (%d killed while starting), %d acknowledged, %d verified, %d lost,"
            + " %d order violations, %d other violations, %d reruns",
        cycles,
        whileStarting,
        acknowledged,
        verified,
        findings.count(Check.LOST),
        findings.count(Check.ORDER),
        findings.all().size() - findings.count(Check.LOST) - findings.count(Check.ORDER),
        reruns);
  }
}
