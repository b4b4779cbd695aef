package dev.fermata.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * In the lane with one worker jobs begin in the order of their acceptance, one at a time; one that
 * was running when the server died begins first again. Ids tell the order of acceptance, and it is
 * held against what the clients saw; what began is read from the journal and from the programs.
 */
record OrderCheck(Ledger ledger, Findings findings) {

  /** One attempt of a job. */
  private record Start(String at, String job, int attempt) {}

  void of(List<Account> jobs, List<String> trace) {
    acceptance();
    List<Account> inLine = jobs.stream().filter(job -> job.work().inLine()).toList();
    List<Start> journaled = starts(inLine);
    ascending(journaled, "the journal");
    oneAtATime(inLine);
    programs(trace, journaled);
  }

  /** A job that was submitted after another was acknowledged stands behind it. */
  private void acceptance() {
    List<Acknowledged> byId =
        ledger.acknowledged().stream().sorted(Comparator.comparing(Acknowledged::id)).toList();
    long latestSent = Long.MIN_VALUE;
    for (Acknowledged job : byId) {
      boolean holds = job.answered() >= latestSent;
      findings.require(holds, Check.ORDER, job.id(), "it stands behind one that was sent later");
      latestSent = Math.max(latestSent, job.sent());
    }
  }

  private static List<Start> starts(List<Account> jobs) {
    var starts = new ArrayList<Start>();
    for (Account job : jobs) {
      for (JsonNode start : job.starts()) {
        int attempt = start.at("/data/attempt").asInt();
        starts.add(new Start(start.at("/at").asString(), job.id(), attempt));
      }
    }
    starts.sort(
        Comparator.comparing(Start::at).thenComparing(Start::job).thenComparingInt(Start::attempt));
    return starts;
  }

  private void ascending(List<Start> starts, String source) {
    for (int n = 1; n < starts.size(); n++) {
      Start before = starts.get(n - 1);
      Start next = starts.get(n);
      int order = before.job().compareTo(next.job());
      boolean holds = order < 0 || (order == 0 && before.attempt() + 1 == next.attempt());
      findings.require(holds, Check.ORDER, next.job(), source + ": " + before + ", then " + next);
    }
  }

  private void oneAtATime(List<Account> jobs) {
    List<Account> ran =
        jobs.stream()
            .filter(job -> job.attempt() > 0)
            .sorted(Comparator.comparing(Account::id))
            .toList();
    String free = "";
    for (Account job : ran) {
      String started = job.document().at("/startedAt").asString("");
      boolean holds = started.compareTo(free) >= 0;
      findings.require(
          holds, Check.ORDER, job.id(), "it started at " + started + ", before " + free);
      free = job.document().at("/finishedAt").asString("");
    }
  }

  /** What the programs wrote down themselves. */
  private void programs(List<String> trace, List<Start> journaled) {
    Set<String> known = new HashSet<>();
    journaled.forEach(start -> known.add(start.job() + " " + start.attempt()));
    var began = new ArrayList<Start>();
    for (String line : trace) {
      String[] words = line.split(" ", 3);
      var start = new Start("", words[1], Integer.parseInt(words[2]));
      if (words[0].equals("begin")) {
        began.add(start);
        boolean durable = known.contains(words[1] + " " + words[2]);
        findings.require(
            durable, Check.ORDER, start.job(), "it began unknown to the journal: " + line);
      } else {
        boolean alone = !began.isEmpty() && began.getLast().equals(start);
        findings.require(
            alone, Check.ORDER, start.job(), "beside another: " + line + began.getLast());
      }
    }
    begunInOrder(began);
  }

  /** An attempt may have been killed before its program wrote anything. */
  private void begunInOrder(List<Start> began) {
    for (int n = 1; n < began.size(); n++) {
      Start before = began.get(n - 1);
      Start next = began.get(n);
      int order = before.job().compareTo(next.job());
      boolean holds = order < 0 || (order == 0 && before.attempt() < next.attempt());
      findings.require(holds, Check.ORDER, next.job(), "programs: " + before + ", then " + next);
    }
  }
}
