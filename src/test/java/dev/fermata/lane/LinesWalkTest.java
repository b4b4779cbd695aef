package dev.fermata.lane;

import static dev.fermata.journal.Sample.session;
import static dev.fermata.lane.Workshop.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.Started;
import dev.fermata.job.JobId;
import dev.fermata.job.SessionId;
import dev.fermata.job.Submission;
import dev.fermata.journal.MemoryJournal;
import dev.fermata.kind.Backoff;
import dev.fermata.kind.JobHandler;
import dev.fermata.lane.Standing.Where;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is submitted, interrupted, put off, cancelled and started anew over several lanes, every
 * unfinished job has one place, pages show each of them once, and turns start in their order.
 */
@Timeout(120)
class LinesWalkTest {

  private static final List<String> LANES = List.of(Lanes.DEFAULT, "other");
  private static final Duration STEP = Duration.ofMinutes(10);

  @TempDir private Path directory;

  private final SetTime time = new SetTime();
  private final MemoryJournal journal = new MemoryJournal();
  private final HeldTurns held = new HeldTurns();
  private final Map<String, JobHandler> handlers =
      Map.of("held", held, "quick", run -> Workshop.DONE);
  private final List<JobId> busy = new ArrayList<>();
  private Workshop workshop;

  @BeforeEach
  void open() {
    workshop = workshop();
  }

  private Workshop workshop() {
    return new Workshop(
        journal,
        directory,
        LANES.stream().map(lane -> new LaneSpec(lane, 1, 1000)).toList(),
        handlers,
        List.of(),
        Backoff.DEFAULT,
        time,
        time.timer());
  }

  @AfterEach
  void close() {
    workshop.close();
    time.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyJobHasOnePlaceAndTurnsStartInTheirOrder(long seed) throws Exception {
    var random = new Random(seed);
    workshop.lanes.begin();
    LANES.forEach(lane -> busy.add(workshop.submit("held", lane, null, OnBusy.ENQUEUE, null)));
    busy.forEach(held::awaitBegun);
    for (int step = 0; step < 200; step++) {
      switch (random.nextInt(20)) {
        case 0 -> time.pass(STEP);
        case 1, 2, 3, 4 -> cancelOne(random);
        case 5 -> restart();
        default -> submitOne(random);
      }
      settle();
      assertPlaces();
    }
    busy.forEach(held::letGo);
    while (!unfinished().isEmpty()) {
      time.pass(STEP);
      settle();
    }
    assertTurnsStartedInOrder();
  }

  private void submitOne(Random random) {
    @Nullable String session = Arrays.asList("a", "b", null).get(random.nextInt(3));
    @Nullable Instant notBefore =
        random.nextInt(4) == 0
            ? time.instant().plus(STEP.multipliedBy(random.nextInt(1, 6)))
            : null;
    workshop.submit(
        "quick",
        LANES.get(random.nextInt(LANES.size())),
        session,
        random.nextInt(3) == 0 ? OnBusy.INTERRUPT : OnBusy.ENQUEUE,
        notBefore);
  }

  private void cancelOne(Random random) {
    List<JobId> waiting =
        workshop.lanes.line(null, null, null, 1000).stream()
            .filter(standing -> standing.place().where() != Where.RUNNING)
            .map(Standing::id)
            .toList();
    if (!waiting.isEmpty()) {
      workshop.cancel(waiting.get(random.nextInt(waiting.size())));
    }
  }

  private void restart() throws InterruptedException {
    settle();
    List<String> before = inLine();
    workshop.lanes.stop(Duration.ofMillis(1), Duration.ofSeconds(10));
    workshop = workshop();
    workshop.recover();
    workshop.lanes.begin();
    awaitTrue(
        () -> workshop.lanes.views().stream().mapToInt(LaneView::running).sum() == LANES.size());
    settle();
    assertThat(inLine()).containsSubsequence(before); // and perhaps some that were parked
  }

  /** Who runs, and who stands where. */
  private List<String> inLine() {
    Map<JobId, Accepted> accepted = accepted();
    return workshop.lanes.line(null, null, null, 1000).stream()
        .filter(standing -> standing.place().where() != Where.PARKED)
        .map(
            standing -> {
              Accepted job = Objects.requireNonNull(accepted.get(standing.id()));
              @Nullable SessionId session = job.job().submission().session();
              return "%s in lane %s, session %s, turn %d, submitted as %d"
                  .formatted(
                      standing.place(),
                      job.job().submission().lane(),
                      session == null ? "none" : session.name(),
                      job.place(),
                      job.job().seq());
            })
        .toList();
  }

  /** Until what waits for the journal, and what waits for that, is done. */
  private void settle() {
    for (int round = 0; round < 3; round++) {
      journal.append(List.of(), () -> {}).join();
    }
  }

  private void assertPlaces() {
    List<Standing> all = workshop.lanes.line(null, null, null, 1000);

    assertThat(all).extracting(Standing::place).doesNotHaveDuplicates();
    assertThat(ids(all)).containsExactlyInAnyOrderElementsOf(unfinished());
    assertThat(pages(null)).isEqualTo(ids(all));
    for (String lane : LANES) {
      List<Standing> inLane = workshop.lanes.line(null, lane, null, 1000);
      assertThat(pages(lane)).isEqualTo(ids(inLane));
      List<Integer> positions =
          inLane.stream().map(Standing::position).filter(Objects::nonNull).toList();
      assertThat(positions).isEqualTo(IntStream.rangeClosed(1, positions.size()).boxed().toList());
    }
    assertTurnsStandInOrder();
  }

  private List<JobId> pages(@Nullable String lane) {
    List<JobId> seen = new ArrayList<>();
    Standing.@Nullable Place after = null;
    while (true) {
      List<Standing> page = workshop.lanes.line(null, lane, after, 3);
      if (page.isEmpty()) {
        return seen;
      }
      seen.addAll(ids(page));
      after = page.getLast().place();
    }
  }

  /** In each lane the turns of a session, and none in line behind one that is parked. */
  private void assertTurnsStandInOrder() {
    Map<JobId, Accepted> accepted = accepted();
    for (SessionId session : List.of(session("a"), session("b"))) {
      long firstParked = Long.MAX_VALUE;
      long lastInLine = Long.MIN_VALUE;
      for (String lane : LANES) {
        List<Long> turns = new ArrayList<>();
        for (Standing standing : workshop.lanes.line(null, lane, null, 1000)) {
          Accepted job = Objects.requireNonNull(accepted.get(standing.id()));
          if (session.equals(job.job().submission().session())) {
            if (standing.place().where() == Where.PARKED) {
              firstParked = Math.min(firstParked, job.place());
            } else {
              turns.add(job.place());
              lastInLine = Math.max(lastInLine, job.place());
            }
          }
        }
        assertThat(turns).isSorted();
      }
      assertThat(lastInLine).isLessThan(firstParked);
    }
  }

  /** No turn starts while an earlier one of its session is there in its lane. */
  private void assertTurnsStartedInOrder() {
    Map<JobId, Accepted> unfinished = new HashMap<>();
    for (Fact fact : journal.commits().stream().flatMap(List::stream).toList()) {
      if (fact instanceof Accepted accepted) {
        unfinished.put(accepted.id(), accepted);
      } else if (fact instanceof Finished finished) {
        unfinished.remove(finished.id());
      } else if (fact instanceof Started started) {
        Accepted job = Objects.requireNonNull(unfinished.get(started.id()));
        assertThat(unfinished.values())
            .filteredOn(other -> comesBefore(other, job))
            .extracting(Accepted::id)
            .isEmpty();
      }
    }
  }

  private static boolean comesBefore(Accepted other, Accepted job) {
    Submission his = job.job().submission();
    return his.session() != null
        && his.session().equals(other.job().submission().session())
        && his.lane().equals(other.job().submission().lane())
        && other.place() < job.place();
  }

  private Map<JobId, Accepted> accepted() {
    return journal.facts(Accepted.class).stream()
        .collect(Collectors.toMap(Accepted::id, fact -> fact));
  }

  private List<JobId> unfinished() {
    List<JobId> ended = journal.facts(Finished.class).stream().map(Finished::id).toList();
    return accepted().keySet().stream().filter(id -> !ended.contains(id)).toList();
  }

  private static List<JobId> ids(List<Standing> standings) {
    return standings.stream().map(Standing::id).toList();
  }
}
