package dev.fermata.chaos;

import dev.fermata.chaos.Ledger.Cancel;
import dev.fermata.chaos.Wish.Work;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Each job has one end, the right one; its events are without gaps; its cancel held. */
record EndsCheck(Ledger ledger, Findings findings) {

  void of(Account job) {
    String status = job.status();
    boolean cancelled = status.equals("cancelled");
    boolean mayBeCancelled = job.work() == Work.ENDLESS || ledger.cancelSentTo(job.id());
    boolean right = cancelled ? mayBeCancelled : status.equals("succeeded");
    require(right, Check.END, job, "it ended as " + status + ": " + job.text());
    require(job.work() != Work.ENDLESS || cancelled, Check.CANCEL, job, "it ended by itself");
    events(job);
    cancel(job);
    String shown = ledger.ends().getOrDefault(job.id(), job.text());
    require(
        shown.equals(job.text()), Check.LOST, job, "it was\n" + shown + "and is\n" + job.text());
  }

  private void events(Account job) {
    List<JsonNode> events = job.events();
    List<Integer> numbers = events.stream().map(it -> it.at("/id").asInt()).toList();
    List<Integer> wanted = IntStream.rangeClosed(1, events.size()).boxed().toList();
    require(numbers.equals(wanted), Check.WATCH, job, "event numbers " + numbers);
    List<Integer> ends =
        IntStream.range(0, events.size())
            .filter(n -> events.get(n).at("/type").asString().equals("end"))
            .boxed()
            .toList();
    require(ends.equals(List.of(events.size() - 1)), Check.END, job, "ends at " + ends);
    int last = job.document().at("/lastEventId").asInt();
    require(last == events.size(), Check.WATCH, job, "lastEventId " + last);
    List<Integer> attempts =
        job.starts().stream().map(it -> it.at("/data/attempt").asInt()).toList();
    List<Integer> counted = IntStream.rangeClosed(1, job.attempt()).boxed().toList();
    require(attempts.equals(counted), Check.END, job, "attempts " + attempts);
  }

  /** Once it was asked to stop it never starts again; and it ends as the client was told. */
  private void cancel(Account job) {
    List<String> words = job.statuses().map(it -> it.at("/data/status").asString()).toList();
    int asked = words.indexOf("cancelling");
    require(asked < 0 || asked == words.size() - 1, Check.CANCEL, job, words.toString());
    Cancel told = ledger.cancels().get(job.id());
    if (told != null) {
      boolean ended = told.status() == 200;
      require(!ended || job.status().equals(told.word()), Check.CANCEL, job, told + job.text());
      require(told.attempt() == job.attempt(), Check.CANCEL, job, told + ", rerun: " + job.text());
      require(asked >= 0 || ended, Check.CANCEL, job, told + " and no event: " + words);
    }
  }

  private void require(boolean holds, Check check, Account job, String what) {
    findings.require(holds, check, job.id(), what);
  }
}
