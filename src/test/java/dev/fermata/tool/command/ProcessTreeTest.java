package dev.fermata.tool.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.JobId;
import dev.fermata.job.ProcessGroup;
import dev.fermata.job.Reason;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.JobHandler;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

@Timeout(60)
class ProcessTreeTest {

  private static final Duration GRACE = Duration.ofMillis(300);
  private static final String LIMITS = ProcessLimits.NONE.script(DataSize.ofMegabytes(1));

  @TempDir Path directory;
  private Trail run;

  @BeforeEach
  void open() {
    run = new Trail(directory, Map.of());
  }

  @AfterEach
  void leaveNothing() throws Exception {
    ProcessGroup group = run.group.getNow(null);
    new ProcessTree(run.job().id(), group).end(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Each writes "ready" when its last process runs.
        "echo ready; exec sleep 1000",
        "sh -c 'sh -c \"echo ready; sleep 1000; true\"; true'; true",
        "trap '' TERM; echo ready; while :; do sleep 0.2; done",
        "setsid sh -c 'echo ready; sleep 1000; true'; true",
        "(setsid sh -c \"trap '' TERM; echo ready; sleep 1000; true\" &) ; sleep 1000; true",
        "env -i setsid sh -c 'echo ready; sleep 1000; true'; true",
        "trap 'sleep 1000 & sleep 1000' TERM; echo ready; while :; do sleep 0.1; done",
        "sh -c 'kill -STOP $$' & echo ready; wait"
      })
  void aStopEndsTheWholeTree(String script) throws Exception {
    var work = start(Kind.with().killGrace(GRACE).script(script));
    Eventually.holds(() -> Files.exists(stdout()) && run.file("stdout").contains("ready"));
    assertThat(run.stop(work.thread())).isTrue();
    Throwable failed = work.failed().get(30, TimeUnit.SECONDS);
    assertThat(alive()).isEmpty();
    assertThat(failed)
        .isInstanceOfSatisfying(
            JobFailed.class,
            end -> {
              assertThat(end.reason()).isEqualTo(Reason.EXIT_CODE);
              assertThat(end.returnCode()).isIn(137, 143);
            });
    assertThat(run.words).containsExactly("spawned", "stopped");
  }

  @Test
  void interruptsOnTheWayLeaveNothingAlive() throws Exception {
    var work = start(Kind.with().killGrace(GRACE).script("trap '' TERM; sleep 1000 & sleep 1000"));
    run.group.get(30, TimeUnit.SECONDS);
    while (!work.failed().isDone()) {
      work.thread().interrupt();
    }
    assertThat(alive()).isEmpty();
  }

  @Test
  void outputCanBeReadWhileTheProgramRuns() throws Exception {
    var work =
        start(Kind.with().script("echo one; echo two >&2; until [ -e go ]; do sleep 0.02; done"));
    Eventually.holds(() -> Files.exists(stdout()) && run.file("stdout").equals("one\n"));
    Eventually.holds(() -> run.file("stderr").equals("two\n"));
    Files.createFile(directory.resolve("go"));
    assertThat(work.failed().get(30, TimeUnit.SECONDS)).isNull();
  }

  @Test
  void whatAProgramLeavesBehindIsEnded() throws Exception {
    Kind.with().script("sleep 1000 & setsid sleep 1000 & echo done").run(run);
    assertThat(alive()).isEmpty();
    assertThat(run.warnings).singleElement().asString().contains("2 process(es)");
  }

  @Test
  void aStopDeliveredBeforeTheExitWasSeenIsTheOutcome() throws Exception {
    var work = start(Kind.with().script("trap 'exit 0' TERM; echo ready; while :; do :; done"));
    Eventually.holds(() -> Files.exists(stdout()) && run.file("stdout").contains("ready"));
    assertThat(run.stop(work.thread())).isTrue();
    assertThat(work.failed().get(30, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(JobFailed.class, end -> assertThat(end.returnCode()).isZero());
  }

  @Test
  void aStopAfterTheExitComesTooLateEvenIfTheWorkerHasNotSeenTheExit() throws Exception {
    Program program = launch("sh", "-c", "until [ -e go ]; do sleep 0.02; done; exit 7");
    var looking = new Execution(run, () -> stopAfterTheExit(), GRACE);
    assertThat(looking.of(program)).isEqualTo(7);
    assertThat(run.words).containsExactly("spawned", "settled");
    assertThat(alive()).isEmpty();
  }

  /** The program exits, and a stop comes, while the worker still looks at what it wrote. */
  private boolean stopAfterTheExit() {
    try {
      if (!Files.exists(directory.resolve("go"))) {
        Files.createFile(directory.resolve("go"));
        assertThat(run.settled.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(run.stop(Thread.currentThread())).isFalse();
      }
      return false;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aProgramThatCouldNotBeRecordedNeverBegins() throws Exception {
    run.notDurable = true;
    var work = start(Kind.with().command("touch", "started"));
    assertThat(work.failed().get(30, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
    assertThat(alive()).isEmpty();
    assertThat(directory.resolve("started")).doesNotExist();
  }

  @Test
  void theLauncherOfADeadServerStartsNothing() throws Exception {
    List<String> line = List.of("touch", "started");
    Process launcher =
        new ProcessBuilder(Program.launcher(line, 0, LIMITS))
            .directory(directory.toFile())
            .redirectInput(new File("/dev/null"))
            .start();
    assertThat(launcher.waitFor()).isNotZero();
    assertThat(directory.resolve("started")).doesNotExist();
  }

  @Test
  void theLauncherLeadsTheSessionAndBecomesTheProgram() throws Exception {
    Program program = launch("sleep", "1000");
    awaitSleep(program);
    ProcessEntry leader = ProcessEntry.read(program.group().id()).orElseThrow();
    assertThat(leader.session()).isEqualTo(leader.pid());
    assertThat(leader.group()).isEqualTo(leader.pid());
    assertThat(program.end(GRACE)).isEqualTo(1);
    assertThat(program.returnCode()).isEqualTo(143);
  }

  @Test
  void orphansAreEnded() throws Exception {
    Program program = launch("sh", "-c", "env -i sleep 1000 & setsid sleep 1000 & sleep 1000");
    program.go();
    Eventually.holds(() -> tree(program.group()).members().size() == 4);
    int ended = new ProcessOrphans(GRACE).end(run.job().id(), program.group());
    assertThat(ended).isEqualTo(4);
    assertThat(alive()).isEmpty();
  }

  @Test
  void anOrphanWithoutARecordIsKnownByItsEnvironment() throws Exception {
    Program program = launch("sleep", "1000");
    awaitSleep(program); // it has no environment while it is replaced
    assertThat(new ProcessOrphans(GRACE).end(run.job().id(), null)).isEqualTo(1);
    assertThat(program.returnCode()).isEqualTo(143);
  }

  @Test
  void aStrangerThatReusesTheNumberIsNotHit() throws Exception {
    Program stranger = launch("sleep", "1000");
    stranger.go();
    ProcessGroup group = stranger.group();
    var other = new JobId(UUID.randomUUID());
    var orphans = new ProcessOrphans(GRACE);
    assertThat(orphans.end(other, at(group, -1))).isZero();
    assertThat(orphans.end(other, at(group, 1))).isZero();
    assertThat(orphans.end(other, new ProcessGroup(group.id(), group.startTicks(), "x"))).isZero();
    assertThat(ProcessEntry.read(group.id())).get().matches(ProcessEntry::alive);
    assertThat(orphans.end(other, group)).isEqualTo(1);
  }

  private record Work(Thread thread, CompletableFuture<Throwable> failed) {}

  private Work start(JobHandler handler) {
    var failed = new CompletableFuture<Throwable>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    handler.run(run);
                    failed.complete(null);
                  } catch (Throwable e) {
                    failed.complete(e);
                  }
                });
    return new Work(thread, failed);
  }

  private Program launch(String... line) throws Exception {
    var environment =
        Map.of("PATH", System.getenv("PATH"), ProcessTree.MARK, run.job().id().toString());
    Program program =
        Program.launch(
            run.job().id(), directory, Program.launcher(List.of(line), 0, LIMITS), environment);
    run.group.complete(program.group());
    return program;
  }

  /** Lets it go, and returns when the launcher has become the program. */
  private static void awaitSleep(Program program) throws Exception {
    Path cmdline = Path.of("/proc/" + program.group().id() + "/cmdline");
    program.go();
    Eventually.holds(() -> Files.readString(cmdline).equals("sleep\0" + "1000\0"));
  }

  private static ProcessGroup at(ProcessGroup group, long later) {
    return new ProcessGroup(group.id(), group.startTicks() + later, group.bootId());
  }

  private List<ProcessEntry> alive() {
    return tree(run.group.getNow(null)).members();
  }

  private ProcessTree tree(ProcessGroup group) {
    return new ProcessTree(run.job().id(), group);
  }

  private Path stdout() {
    return directory.resolve("stdout");
  }
}
