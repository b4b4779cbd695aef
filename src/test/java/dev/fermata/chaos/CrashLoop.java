package dev.fermata.chaos;

import dev.fermata.delivery.Installation;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.util.FileSystemUtils;

/**
 * Starts the server, lets clients work with it, and kills it at a random moment, again and again;
 * after every few kills it holds the server to all that its clients were told. The seed decides
 * what clients do and when a server dies; how far it has come by then is up to the machine.
 */
final class CrashLoop {

  private static final int AUDIT_EVERY = 10;
  private static final int SAMPLE = 20;

  /** One of so many kills comes before the server answers. */
  private static final int KILLS_PER_EARLY_ONE = 4;

  /** How long any other server lives at most once it answers. */
  private static final Duration LIFE = Duration.ofSeconds(2);

  private final Home home;
  private final long seed;
  private final Random random;
  private final List<String> program = Installation.ready().command();
  private final Ledger ledger = new Ledger();
  private final Findings findings = new Findings();
  private final Tally tally = new Tally();
  private final AtomicLong marks = new AtomicLong();
  private Duration lastStart = Duration.ofMillis(1500);
  private List<Account> removed = List.of();

  CrashLoop(Path path, long seed) throws IOException {
    FileSystemUtils.deleteRecursively(path);
    this.home = Home.at(path);
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** {@code CrashLoop CYCLES SEED}; any seed when it is not a number. */
  public static void main(String[] args) throws IOException {
    int cycles = Integer.parseInt(args[0]);
    long seed = args[1].matches("-?\\d+") ? Long.parseLong(args[1]) : System.nanoTime();
    Path path = Path.of("target", "chaos", "crash-" + seed);
    System.out.println("Kills the server " + cycles + " times; -Dseed=" + seed + " does it again");
    var loop = new CrashLoop(path, seed);
    boolean held = loop.run(cycles);
    System.out.println(loop.summary());
    System.exit(held ? 0 : 1);
  }

  /** Whether everything held; it stops at the first thing that did not. */
  boolean run(int cycles) throws IOException {
    long start = System.nanoTime();
    try {
      while (tally.cycles() < cycles && held()) {
        cycle();
        if (tally.cycles() % AUDIT_EVERY == 0 || tally.cycles() == cycles) {
          audit();
          long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
          System.out.println(tally.line(findings) + ", " + seconds + " s");
        }
      }
    } catch (AssertionError e) {
      findings.add(Check.ANSWER, "server", String.valueOf(e.getMessage()));
    }
    return held();
  }

  private boolean held() {
    return findings.all().isEmpty();
  }

  private void cycle() throws IOException {
    boolean whileStarting = random.nextInt(KILLS_PER_EARLY_ONE) == 0;
    double moment = random.nextDouble();
    var crowd = new Crowd(ledger, findings, tally.cycles() + 1, marks);
    long start = System.nanoTime();
    try (Server server = Server.launch(home, program);
        var load = new Load(server.client(), findings)) {
      load.begin(crowd.roles(), seed + tally.cycles());
      if (!whileStarting) {
        server.ready();
        lastStart = Duration.ofNanos(System.nanoTime() - start);
      }
      awaitMoment(server, (long) (moment * (whileStarting ? lastStart : LIFE).toMillis()));
      load.over();
      server.kill();
    }
    tally.killed(whileStarting);
  }

  private void awaitMoment(Server server, long millis) {
    if (server.endsWithin(Duration.ofMillis(millis))) {
      findings.add(Check.ANSWER, "server", "it ended by itself:\n" + server.output());
    }
  }

  private void audit() throws IOException {
    try (Server server = Server.launch(home, program).ready()) {
      var audit = new Audit(home, server.client(), ledger, findings);
      audit.gone(removed);
      List<Account> jobs = audit.verify();
      tally.audited(ledger, jobs);
      if (held()) {
        removed = jobs.subList(0, Math.min(SAMPLE, jobs.size()));
        audit.forget(jobs);
      }
    }
    if (held()) {
      forgetOutput();
    }
  }

  private void forgetOutput() throws IOException {
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(home.path(), "run*.log")) {
      for (Path log : logs) {
        Files.delete(log);
      }
    }
  }

  Tally tally() {
    return tally;
  }

  Findings findings() {
    return findings;
  }

  String summary() {
    var summary = new StringBuilder(tally.line(findings));
    findings.all().forEach(finding -> summary.append('\n').append(finding));
    return held()
        ? summary.append("\nEverything held.").toString()
        : summary
            .append("\nseed ")
            .append(seed)
            .append("; the data and what the servers printed: ")
            .append(home.path())
            .toString();
  }
}
