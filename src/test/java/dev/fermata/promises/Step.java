package dev.fermata.promises;

import java.util.ArrayList;
import java.util.List;

/** Something that can happen. */
sealed interface Step {

  /** What a server does by itself, sooner or later. */
  sealed interface Own extends Step {}

  /** A client sends a query. */
  record Submit(String job) implements Step {}

  /** A client wants a job to stop. */
  record Cancel(String job) implements Step {}

  /** The power goes, or the process is killed. */
  record Crash() implements Step {}

  /** Somebody asks the server to stop. */
  record Stop() implements Step {}

  /** A worker that a crash should have ended says how its attempt ended. */
  record Outlive(String job) implements Step {}

  /** The journal writes what has waited longest for it. */
  record Write() implements Own {}

  /** A worker takes the next job of its lane. */
  record Take(String lane) implements Own {}

  record Open(String job) implements Own {}

  /** The handler returns, before any stop reached it. */
  record Return(String job, boolean succeeds) implements Own {}

  /** A stop reaches the handler, which ends its work. */
  record Deliver(String job) implements Own {}

  record Close(String job) implements Own {}

  /**
   * The worker says how its attempt ended.
   *
   * @param takesNext whether it takes the next job in the same commit
   */
  record Announce(String job, boolean takesNext) implements Own {}

  /** The time of a job has come. */
  record ComeDue(String job) implements Own {}

  /** The server ends, with nothing left to do. */
  record Exit() implements Own {}

  /** The server starts. */
  record Recover() implements Own {}

  /** All that can happen in a scenario. */
  static List<Step> all(Scenario scenario) {
    var all =
        new ArrayList<Step>(
            List.of(new Crash(), new Stop(), new Write(), new Exit(), new Recover()));
    scenario.rules().workers().keySet().forEach(lane -> all.add(new Take(lane)));
    for (Query query : scenario.queries()) {
      String job = query.job();
      all.addAll(List.of(new Submit(job), new Cancel(job), new Outlive(job), new Open(job)));
      all.addAll(
          List.of(new Return(job, true), new Return(job, false), new Deliver(job), new Close(job)));
      all.addAll(List.of(new Announce(job, true), new Announce(job, false), new ComeDue(job)));
    }
    return List.copyOf(all);
  }
}
