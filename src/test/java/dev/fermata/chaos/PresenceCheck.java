package dev.fermata.chaos;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;

/** Every acknowledged job is there, and none that nobody wished for, or twice. */
record PresenceCheck(Ledger ledger, Findings findings) {

  void of(List<Account> jobs) {
    Map<String, Account> byId = jobs.stream().collect(toMap(Account::id, it -> it));
    for (Acknowledged job : ledger.acknowledged()) {
      Account there = byId.get(job.id());
      if (there == null) {
        findings.add(Check.LOST, job.id(), "acknowledged in cycle " + job.cycle() + ", gone");
      } else if (!there.input().equals(job.wish().text())) {
        findings.add(Check.LOST, job.id(), job + " became " + there.text());
      }
    }
    jobs.forEach(this::wished);
    Map<String, Account> byMark =
        jobs.stream().collect(toMap(Account::mark, it -> it, this::doubled));
    findings.require(
        byMark.size() <= ledger.wishes().size(), Check.END, "jobs", "more than were wished for");
  }

  private void wished(Account job) {
    Wish wish = ledger.wishes().get(job.mark());
    boolean same = wish != null && wish.text().equals(job.input());
    findings.require(same, Check.END, job.id(), "nobody asked for " + job.text());
  }

  private Account doubled(Account one, Account other) {
    findings.add(Check.END, one.id(), "asked for once, and there as " + other.id() + " too");
    return one;
  }
}
