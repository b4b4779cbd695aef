package dev.fermata.promises;

import dev.fermata.job.Status;
import dev.fermata.promises.KnownJob.Scope;
import dev.fermata.promises.Seen.Entry;
import dev.fermata.promises.Seen.Entry.Accepted;
import dev.fermata.promises.Seen.Entry.Saved;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What somebody knows of a server who has seen everything so far. It is no more than the invariants
 * need, so that two paths of the model meet again in one state.
 *
 * @param jobs in the order of acceptance
 * @param line the jobs that stand in line or run, as the contract orders them
 * @param saves what was saved of sessions, in order
 */
record Known(Rules rules, List<KnownJob> jobs, List<String> line, List<Saved> saves) {

  static Known nothing(Rules rules) {
    return new Known(rules, List.of(), List.of(), List.of());
  }

  Optional<KnownJob> find(String job) {
    return jobs.stream().filter(it -> it.job().equals(job)).findFirst();
  }

  /** One that can't be missing where the invariants hold. */
  KnownJob job(String job) {
    return find(job).orElseThrow(() -> new IllegalStateException("unknown: " + job));
  }

  long version(String session) {
    return saves.stream().filter(save -> save.session().equals(session)).count();
  }

  /** The jobs that wait in a lane and are in line, the first to start first. */
  Stream<KnownJob> waiting(String lane) {
    return line.stream()
        .map(this::job)
        .filter(it -> it.query().lane().equals(lane) && it.status() == Status.QUEUED);
  }

  Stream<KnownJob> running() {
    return jobs.stream().filter(KnownJob::runs);
  }

  Stream<KnownJob> open() {
    return jobs.stream().filter(it -> it.scope().open());
  }

  Known after(Seen seen) {
    return switch (seen) {
      case Accepted(Query query) -> accepted(query);
      case Saved saved -> new Known(rules, jobs, line, plus(saves, saved));
      case Entry entry -> with(entry.job(), job -> job.after(entry)).lineUp();
      case Seen.Commit commit -> this;
      case Seen.Acknowledged acknowledged -> this;
      case Seen.CancelAcknowledged asked -> this;
      case Seen.Told told -> this;
      case Seen.Shown shown -> with(shown.job(), it -> it.with(it.watched().after(shown)));
      case Seen.Opened(String job, int attempt) -> with(job, it -> it.with(Scope.OPENED));
      case Seen.Wrote(String job) -> with(job, it -> it.with(it.scope().thatWrote()));
      case Seen.Stopped(String job) -> with(job, it -> it.with(it.scope().thatStopped()));
      case Seen.Returned(String job) -> with(job, it -> it.with(it.scope().thatReturned()));
      case Seen.Closed(String job, int attempt) -> with(job, it -> it.with(it.scope().closed()));
      case Seen.Crash crash -> new Known(rules, all(KnownJob::crashed), line, saves);
      case Seen.Rest rest -> this;
    };
  }

  private Known accepted(Query query) {
    return new Known(rules, plus(jobs, KnownJob.accepted(query)), line, saves).lineUp();
  }

  private Known with(String job, UnaryOperator<KnownJob> change) {
    return new Known(rules, all(it -> it.job().equals(job) ? change.apply(it) : it), line, saves);
  }

  private List<KnownJob> all(UnaryOperator<KnownJob> change) {
    return jobs.stream().map(change).toList();
  }

  private Known lineUp() {
    return rules.followersAreTold() ? withFollowersParked().stood() : stood();
  }

  /** In the order of acceptance, so that one may wait for another that has just been parked. */
  private Known withFollowersParked() {
    Known now = this;
    for (KnownJob job : jobs) {
      if (job.status() == Status.QUEUED && now.waitsForParked(job)) {
        now = now.with(job.job(), KnownJob::parkedToo);
      }
    }
    return now;
  }

  /** Who may no longer stand in line leaves it, and who may now joins it at its tail. */
  private Known stood() {
    List<String> eligible = jobs.stream().filter(this::standsInLine).map(KnownJob::job).toList();
    var lined = new ArrayList<>(line);
    lined.retainAll(eligible);
    eligible.stream().filter(job -> !lined.contains(job)).forEach(lined::add);
    return new Known(rules, jobs, List.copyOf(lined), saves);
  }

  private boolean standsInLine(KnownJob job) {
    return job.runs() || (job.status() == Status.QUEUED && !job.parked() && !waitsForParked(job));
  }

  /** Later turns of a session wait for one that waits for its time. */
  private boolean waitsForParked(KnownJob job) {
    return jobs.stream()
        .takeWhile(earlier -> !Objects.equals(earlier.job(), job.job()))
        .anyMatch(
            earlier ->
                earlier.query().sharesSessionWith(job.query())
                    && earlier.parked()
                    && !earlier.status().finished());
  }

  private static <T> List<T> plus(List<T> list, T last) {
    return Stream.concat(list.stream(), Stream.of(last)).toList();
  }
}
