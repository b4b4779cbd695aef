package dev.fermata.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.CommitPolicy;
import dev.fermata.job.CommitPolicy.Turn;
import dev.fermata.job.JobId;
import dev.fermata.job.OnDisconnect;
import dev.fermata.job.Owner;
import dev.fermata.job.Reason;
import dev.fermata.job.Status;
import dev.fermata.job.Submission;
import dev.fermata.journal.Sample;
import dev.fermata.lane.CancelAnswer;
import dev.fermata.lane.OnBusy;
import dev.fermata.promises.Seen.Entry;
import dev.fermata.store.Database;
import dev.fermata.store.SqliteEvents;
import dev.fermata.store.SqliteJobs;
import dev.fermata.store.SqliteJournal;
import dev.fermata.store.SqliteSessions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The power fails again and again, at any commit: what is seen of the engine is as promised. */
@Timeout(120)
class CrashHistoryTest {

  private static final int CRASHES = 30;
  private static final int CLIENTS = 4;
  private static final int JOBS_EACH = 6;
  private static final Rules RULES = Rules.ofServer(Map.of("default", 1, "wide", 3), 2);

  @TempDir private Path directory;

  private final AtomicLong ids = new AtomicLong();
  private final List<Engine> engines = new ArrayList<>();
  private Database database;
  private SqliteJournal journal;
  private Recorder recorder;

  @BeforeEach
  void open() {
    database = Database.open(directory.resolve("fermata.db"));
    journal = new SqliteJournal(database, Clock.systemUTC(), events -> {});
    recorder = new Recorder(journal);
  }

  @AfterEach
  void close() {
    engines.forEach(Engine::close);
    journal.close();
    database.close();
  }

  @Test
  void everythingThatIsSeenOfAnEngineThatCrashesAgainAndAgainIsAsPromised() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int crash = 0; crash < CRASHES; crash++) {
      runUntilItFails(random);
    }
    Engine last = engine(Integer.MAX_VALUE);
    last.letGo();
    await(last::idle);
    recorder.rest(
        new SqliteJobs(database), new SqliteEvents(database), new SqliteSessions(database));

    History history = recorder.history(RULES);
    history.check();
    assertThat(ends(history))
        .as("seed %d", seed)
        .contains(Status.SUCCEEDED, Status.FAILED, Status.CANCELLED, Status.LOST);
    assertThat(engines.stream().mapToInt(engine -> engine.power.refused()).sum())
        .as("ends that came after a crash, from workers that were taken for dead")
        .isPositive();
  }

  private static List<Status> ends(History history) {
    return history.seen().stream()
        .filter(Seen.Commit.class::isInstance)
        .flatMap(commit -> ((Seen.Commit) commit).entries().stream())
        .filter(Entry.Ended.class::isInstance)
        .map(end -> ((Entry.Ended) end).status())
        .toList();
  }

  /** The workers of the run before speak up when this one has recovered, or a little later. */
  private void runUntilItFails(Random random) {
    Engine engine = engine(5 + random.nextInt(CLIENTS * JOBS_EACH * 2));
    boolean late = random.nextBoolean();
    if (!late) {
      outlive(engine);
    }
    List<CompletableFuture<Void>> clients =
        IntStream.range(0, CLIENTS)
            .mapToObj(n -> new Random(random.nextLong()))
            .map(own -> client(() -> load(engine, own)))
            .toList();
    var all = CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new));
    CompletableFuture.anyOf(engine.power.failing(), all).join();
    if (random.nextBoolean()) {
      engine.letGo();
      await(() -> engine.power.failing().isDone() || engine.idle());
    }
    if (late) {
      outlive(engine);
    }
    engines.forEach(each -> each.power.outlived(false)); // a start leaves no process of them alive
    engine.power.fail();
  }

  private void outlive(Engine now) {
    for (Engine before : engines) {
      if (before != now) {
        before.power.outlived(true);
        before.letGo();
      }
    }
  }

  private Engine engine(int appends) {
    var engine =
        new Engine(
            directory,
            RULES,
            new Power(recorder, appends),
            new SqliteJobs(database),
            new SqliteSessions(database),
            () -> new UUID(0x7000, ids.incrementAndGet()));
    engines.add(engine);
    return engine;
  }

  /** One whose thread may wait for ever for what a crash took away. */
  private static CompletableFuture<Void> client(Runnable load) {
    var done = new CompletableFuture<Void>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                load.run();
                done.complete(null);
              } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
              }
            });
    return done;
  }

  private void load(Engine engine, Random random) {
    var mine = new ArrayList<JobId>();
    for (int n = 0; n < JOBS_EACH; n++) {
      JobId job = engine.lanes.submit(submission(random), OnBusy.ENQUEUE, null).job().id();
      recorder.saw(new Seen.Acknowledged(job.toString()));
      mine.add(job);
      if (random.nextInt(3) == 0) {
        cancel(engine, mine.get(random.nextInt(mine.size())));
      }
    }
  }

  private void cancel(Engine engine, JobId job) {
    CancelAnswer answer = engine.lanes.cancel(job, Reason.CLIENT_REQUEST);
    if (!(answer instanceof CancelAnswer.NotInLine)) {
      recorder.saw(new Seen.CancelAcknowledged(job.toString()));
    }
  }

  private static Submission submission(Random random) {
    int session = random.nextInt(6);
    return new Submission(
        Owner.NOBODY,
        Engine.KINDS.get(random.nextInt(Engine.KINDS.size())),
        random.nextBoolean() ? "default" : "wide",
        session < 4 ? Sample.session("s" + session) : null,
        Map.of(),
        null,
        new CommitPolicy(turn(random), turn(random)),
        OnDisconnect.CONTINUE,
        1 + random.nextInt(2),
        null,
        List.of());
  }

  private static Turn turn(Random random) {
    return random.nextBoolean() ? Turn.KEEP : Turn.DISCARD;
  }

  private static void await(BooleanSupplier condition) {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > limit) {
        throw new AssertionError("not within a minute");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
