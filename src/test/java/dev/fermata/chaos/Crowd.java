package dev.fermata.chaos;

import dev.fermata.chaos.Ledger.Cancel;
import dev.fermata.chaos.Load.Role;
import dev.fermata.chaos.Wish.Work;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What the clients of one run do, each written down in the ledger before and after. */
final class Crowd {

  private static final int SESSIONS = 4;
  private static final int WRITERS = 5;
  private static final int TALKERS = 3;
  private static final int WATCHERS = 3;
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(40);

  private final Ledger ledger;
  private final Findings findings;
  private final int cycle;
  private final AtomicLong marks;

  /**
   * The clients of a run.
   *
   * @param marks the last number that was given to a wish
   */
  Crowd(Ledger ledger, Findings findings, int cycle, AtomicLong marks) {
    this.ledger = ledger;
    this.findings = findings;
    this.cycle = cycle;
    this.marks = marks;
  }

  List<Role> roles() {
    var roles = new ArrayList<Role>();
    for (int n = 0; n < WRITERS; n++) {
      roles.add(new Role(this::write, 10, LONGEST_PAUSE));
    }
    for (int n = 0; n < TALKERS; n++) {
      roles.add(new Role(this::talk, 8, LONGEST_PAUSE));
    }
    for (int n = 0; n < WATCHERS; n++) {
      roles.add(new Role(this::watch, Integer.MAX_VALUE, LONGEST_PAUSE));
    }
    roles.add(new Role(this::cancel, 8, LONGEST_PAUSE.multipliedBy(2)));
    return roles;
  }

  private String mark() {
    return "m" + marks.incrementAndGet();
  }

  private void write(Client client, Random random) throws IOException {
    Work work = random.nextInt(6) == 0 ? Work.SLOW : Work.WRITE;
    Wish wish = Wish.program(work, mark(), random);
    if (random.nextInt(8) == 0) {
      submit(client, wish, "Prefer", "wait=2");
    } else {
      submit(client, wish);
    }
  }

  private void talk(Client client, Random random) throws IOException {
    String session = "note-" + random.nextInt(SESSIONS);
    submit(client, Wish.turn(session, mark(), random));
  }

  private @Nullable Acknowledged submit(Client client, Wish wish, String... headers)
      throws IOException {
    ledger.wished(wish);
    long sent = System.nanoTime();
    Reply reply = wish.submit(client, headers);
    if (reply.status() != 202 && reply.status() != 200) {
      findings.add(Check.ANSWER, wish.mark(), "not accepted: " + reply);
      return null;
    }
    var job = new Acknowledged(reply.at("/id"), wish, cycle, sent, System.nanoTime());
    ledger.acknowledged(job);
    if (reply.status() == 200) {
      ledger.ended(job.id(), reply.text());
    }
    return job;
  }

  /** Goes on with a job that another run left, or follows a new one. */
  private void watch(Client client, Random random) throws IOException {
    @Nullable Watch watch = ledger.resume();
    if (watch == null) {
      @Nullable Acknowledged job = ledger.anyNew(random);
      watch = job == null ? null : ledger.watch(job.id());
    }
    if (watch != null) {
      try {
        watch.follow(client, findings);
      } finally {
        ledger.left(watch);
      }
    }
  }

  /** Cancels a job that would never end, in line or at work; or any other. */
  private void cancel(Client client, Random random) throws IOException {
    boolean own = random.nextBoolean();
    @Nullable Acknowledged job =
        own ? submit(client, Wish.program(Work.ENDLESS, mark(), random)) : ledger.anyNew(random);
    if (own) {
      LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_PAUSE.toNanos()));
    }
    if (job != null) {
      cancel(client, job.id(), random.nextInt(3) == 0);
    }
  }

  private void cancel(Client client, String id, boolean waits) throws IOException {
    ledger.cancelSent(id);
    String wait = waits ? "wait=5" : "respond-async";
    Reply reply = client.post("/jobs/" + id + "/cancel", "", "Prefer", wait);
    switch (reply.status()) {
      case 200, 202 ->
          ledger.cancelled(
              id,
              new Cancel(reply.status(), reply.at("/status"), reply.json().at("/attempt").asInt()));
      case 409 -> {} // it has ended
      default -> findings.add(Check.ANSWER, id, "cancel answered " + reply);
    }
  }

  /** Ends those that nobody got round to cancelling in the run before. */
  void cancelLeftOvers(Client client) throws IOException {
    Reply reply = client.post("/jobs/cancel?kind=endless", "");
    findings.require(reply.status() == 200, Check.ANSWER, "endless", reply.toString());
  }
}
