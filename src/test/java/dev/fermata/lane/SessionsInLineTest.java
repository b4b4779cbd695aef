package dev.fermata.lane;

import static dev.fermata.journal.Sample.session;
import static dev.fermata.lane.Workshop.DONE;
import static dev.fermata.lane.Workshop.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.job.CommitPolicy;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.Started;
import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.OnDisconnect;
import dev.fermata.job.Owner;
import dev.fermata.job.Status;
import dev.fermata.job.Submission;
import dev.fermata.journal.Unfinished;
import dev.fermata.kind.Run;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions are held by one job at a time over all lanes, and their turns keep their order. */
@Timeout(60)
class SessionsInLineTest {

  private static final String CHAT = "chat";

  @TempDir private Path directory;

  private final HeldTurns held = new HeldTurns();
  private final Map<String, List<Long>> turns = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> atOnce = new ConcurrentHashMap<>();
  private final List<String> overlaps = new CopyOnWriteArrayList<>();

  private Workshop workshop;

  @BeforeEach
  void open() {
    workshop =
        new Workshop(
            directory,
            List.of(
                new LaneSpec(Lanes.DEFAULT, 1, 20_000),
                new LaneSpec(CHAT, 4, 20_000),
                new LaneSpec("other", 2, 20_000)),
            Map.of("held", held, "quick", this::quick),
            List.of());
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  private Answer quick(Run run) {
    String session = run.session() == null ? "none" : run.session().id().name();
    AtomicInteger now = atOnce.computeIfAbsent(session, each -> new AtomicInteger());
    if (now.incrementAndGet() > 1 && run.session() != null) {
      overlaps.add(session);
    }
    turns.computeIfAbsent(session, each -> new CopyOnWriteArrayList<>()).add(run.job().seq());
    for (int i = 0; i < 1000; i++) {
      Thread.onSpinWait(); // so that two at once would meet
    }
    now.decrementAndGet();
    return DONE;
  }

  @Test
  void turnsOfOneSessionNeverOverlapAndKeepTheirOrder() {
    var ids = new ArrayList<JobId>();
    for (int i = 0; i < 300; i++) {
      ids.add(workshop.submit("quick", CHAT, "s" + i % 3));
    }

    assertThat(ids).allMatch(id -> workshop.ended(id).status() == Status.SUCCEEDED);
    assertThat(overlaps).isEmpty();
    assertThat(turns).hasSize(3);
    assertThat(turns.values()).allSatisfy(seqs -> assertThat(seqs).hasSize(100).isSorted());
  }

  @Test
  void otherSessionsPassATurnThatWaits() {
    JobId first = workshop.submit("held", CHAT, "a");
    JobId second = workshop.submit("held", CHAT, "a");
    JobId other = workshop.submit("held", CHAT, "b");
    held.awaitBegun(first);
    held.awaitBegun(other);

    assertThat(held.begun(second)).isFalse();
    assertThat(workshop.lanes.holder(session("a"))).contains(first);
    assertThat(workshop.lanes.holder(session("b"))).contains(other);
    held.letGo(first);
    held.awaitBegun(second);

    assertThat(workshop.lanes.holder(session("a"))).contains(second);
    held.letGo(second);
    workshop.ended(second);
    assertThat(workshop.lanes.holder(session("a"))).isEmpty();
    held.letGo(other);
  }

  @Test
  void headOfAOneWorkerLaneWaitsForASessionThatIsHeldElsewhere() {
    JobId holder = workshop.submit("held", CHAT, "a");
    held.awaitBegun(holder);
    JobId head = workshop.submit("quick", Lanes.DEFAULT, "a");
    JobId behind = workshop.submit("quick", Lanes.DEFAULT, "b");
    workshop.ended(workshop.submit("quick", CHAT, "c"));

    assertThat(workshop.lanes.standing(head).orElseThrow().position()).isEqualTo(1);
    assertThat(workshop.lanes.standing(behind).orElseThrow().position()).isEqualTo(2);
    held.letGo(holder);
    workshop.ended(behind);

    assertThat(starts()).endsWith(head, behind);
    assertThat(indexOf(Finished.class, holder)).isLessThan(indexOf(Started.class, head));
  }

  @Test
  void lineGoesOnWhenTheHeadThatWaitsForASessionIsCancelled() {
    JobId holder = workshop.submit("held", CHAT, "a");
    held.awaitBegun(holder);
    JobId head = workshop.submit("quick", Lanes.DEFAULT, "a");
    JobId behind = workshop.submit("quick", Lanes.DEFAULT, "b");

    workshop.cancel(head);

    assertThat(workshop.ended(behind).status()).isEqualTo(Status.SUCCEEDED);
    held.letGo(holder);
    workshop.ended(holder);
    assertThat(workshop.lanes.holder(session("a"))).isEmpty();
  }

  @Test
  void tenThousandTurnsOfABlockedSessionKeepNobodyWaiting() {
    JobId holder = workshop.submit("held", CHAT, "a");
    held.awaitBegun(holder);
    for (int i = 1; i <= 10_000; i++) {
      workshop.lanes.restore(waiting(i, "a"));
    }
    workshop.lanes.begin();

    for (int i = 0; i < 200; i++) {
      assertThat(workshop.ended(workshop.submit("quick", CHAT, "s" + i)).status())
          .isEqualTo(Status.SUCCEEDED);
    }

    assertThat(workshop.lanes.views().get(1).waiting()).isEqualTo(10_000);
    assertThat(workshop.lanes.holder(session("a"))).contains(holder);
  }

  private static Unfinished waiting(int number, String session) {
    var id = new JobId(new UUID(0x7001, number));
    return new Unfinished(
        id,
        number,
        number,
        "quick",
        CHAT,
        Owner.NOBODY,
        session(session),
        Status.QUEUED,
        0,
        0,
        Instant.EPOCH,
        null,
        null);
  }

  @Test
  void sessionsThatGoFromLaneToLaneLeaveNobodyBehind() {
    List<String> lanes = List.of(Lanes.DEFAULT, CHAT, "other");
    var random = new Random(7);
    var ids = new ArrayList<JobId>();
    for (int i = 0; i < 1000; i++) {
      ids.add(workshop.submit("quick", lanes.get(random.nextInt(3)), "s" + random.nextInt(4)));
      if (i % 10 == 0) {
        workshop.cancel(ids.get(random.nextInt(ids.size())));
      }
    }

    assertThat(ids).allMatch(id -> workshop.ended(id).status().finished());
    assertThat(overlaps).isEmpty();
    assertThat(workshop.journal.facts(Finished.class)).hasSize(1000);
    assertThat(workshop.lanes.line(null, null, null, 10)).isEmpty();
  }

  @Test
  void endAndNextStartOfASessionShareOneCommit() {
    JobId first = workshop.submit("held", CHAT, "a");
    held.awaitBegun(first);
    JobId second = workshop.submit("quick", CHAT, "a");
    held.letGo(first);
    workshop.ended(second);

    assertThat(workshop.journal.commits())
        .anySatisfy(
            facts -> {
              assertThat(facts).hasSize(2);
              assertThat(facts.getFirst()).isInstanceOf(Finished.class);
              assertThat(facts.getLast()).isInstanceOf(Started.class);
            });
  }

  /** The end comes in vain with the next start, and alone; the session stays where it is. */
  @Test
  void sessionStaysHeldUntilTheEndIsDurable() {
    JobId first = workshop.submit("held", CHAT, "a");
    held.awaitBegun(first);
    JobId second = workshop.submit("quick", CHAT, "a");
    workshop.journal.refuse(fact -> fact instanceof Finished);
    held.letGo(first);
    workshop.journal.awaitRefusals(1);
    awaitTrue(() -> workshop.patience.waitingSince().isPresent());

    assertThat(workshop.lanes.holder(session("a"))).contains(first);
    JobId elsewhere = workshop.submit("quick", "other", "a");
    workshop.journal.refuseNothing();

    assertThat(workshop.ended(second).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(workshop.ended(elsewhere).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(overlaps).isEmpty();
  }

  @Test
  void restoredJobsStandAtTheirPlaces() {
    JobId holder = workshop.submit("held", Lanes.DEFAULT, "a");
    held.awaitBegun(holder);
    Unfinished later = stored(8, 900);
    Unfinished earlier = stored(9, 899);
    workshop.lanes.restore(later);
    workshop.lanes.restore(earlier);
    workshop.lanes.begin();
    held.letGo(holder);
    workshop.ended(later.id());

    assertThat(starts()).containsExactly(holder, earlier.id(), later.id());
  }

  @Test
  void restoredJobsStartWhenTheLanesBegin() {
    Unfinished restored = stored(8, 900);
    workshop.lanes.restore(restored);
    JobId elsewhere = workshop.submit("quick", CHAT, "b");
    workshop.ended(elsewhere);

    assertThat(workshop.record(restored.id()).status()).isEqualTo(Status.QUEUED);
    workshop.lanes.begin();

    assertThat(workshop.ended(restored.id()).status()).isEqualTo(Status.SUCCEEDED);
  }

  private Unfinished stored(long seq, long place) {
    var id = new JobId(new UUID(0x7002, seq));
    var submission =
        new Submission(
            Owner.NOBODY,
            "quick",
            Lanes.DEFAULT,
            session("a"),
            Map.of(),
            null,
            CommitPolicy.DEFAULT,
            OnDisconnect.CONTINUE,
            List.of());
    var job = new Job(id, seq, submission, Instant.EPOCH);
    workshop.journal.append(new Accepted(job, place)).join();
    return new Unfinished(
        id,
        seq,
        place,
        "quick",
        Lanes.DEFAULT,
        Owner.NOBODY,
        session("a"),
        Status.QUEUED,
        0,
        0,
        Instant.EPOCH,
        null,
        null);
  }

  private List<JobId> starts() {
    return workshop.journal.facts(Started.class).stream().map(Started::id).toList();
  }

  private int indexOf(Class<? extends Fact.OfJob> kind, JobId id) {
    List<Fact> facts = workshop.journal.facts(Fact.class);
    return facts.indexOf(
        facts.stream()
            .filter(kind::isInstance)
            .filter(fact -> Objects.equals(((Fact.OfJob) fact).id(), id))
            .findFirst()
            .orElseThrow());
  }
}
