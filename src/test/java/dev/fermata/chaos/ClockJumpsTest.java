package dev.fermata.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.Fermata;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** A clock that jumps by a day, forth and back, changes no order, and no waiting. */
class ClockJumpsTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final int CLIENTS = 4;
  private static final int JOBS = 25;

  @TempDir private Path directory;
  private Home home = new Home(Path.of("."), 0);
  private AutoCloseable server = () -> {};
  private JumpingClock clock = new JumpingClock();
  private Client client = new Client(0);

  @BeforeEach
  void start() throws IOException {
    home = Home.at(directory.resolve("home"));
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Fermata.class, JumpingClock.InPlace.class)
            .run(
                "--spring.config.additional-location=file:" + home.settings(),
                "--server.port=" + home.port(),
                "--logging.level.root=warn");
    server = context;
    clock = context.getBean(JumpingClock.class);
    client = new Client(home.port());
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
  }

  @Test
  void jobsRunInTheirOrderAndGetIdsInTheirOrder() throws Exception {
    List<String> jobs = new ArrayList<>();
    for (Duration ahead : List.of(Duration.ZERO, DAY, DAY.negated(), DAY, Duration.ZERO)) {
      clock.show(ahead);
      for (int n = 0; n < 3; n++) {
        jobs.add(HeldJob.submit(client, "write", ahead + " " + n));
      }
    }
    jobs.forEach(id -> HeldJob.ended(client, id));

    assertThat(jobs).doesNotHaveDuplicates().isSorted();
    assertThat(programs()).isEqualTo(jobs);
  }

  @Test
  void nothingIsStuckOrDoubledWhileItJumpsAllTheTime() throws Exception {
    List<String> jobs = Collections.synchronizedList(new ArrayList<>());
    var random = new Random(1);
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      for (int n = 0; n < CLIENTS; n++) {
        clients.execute(() -> submit(jobs));
      }
      Eventually.holds(
          "all are submitted",
          () -> {
            clock.show(DAY.multipliedBy(random.nextInt(-1, 2)));
            return jobs.size() == CLIENTS * JOBS;
          });
    }
    jobs.forEach(id -> HeldJob.ended(client, id));

    assertThat(jobs).doesNotHaveDuplicates();
    assertThat(programs()).isSorted().containsExactlyInAnyOrderElementsOf(jobs);
  }

  private void submit(List<String> jobs) {
    try {
      for (int n = 0; n < JOBS; n++) {
        jobs.add(HeldJob.submit(client, "write", "x"));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsMeasuredIsNeverNegativeNorADay() throws Exception {
    HeldJob.ended(client, HeldJob.submit(client, "write", "to know how long jobs take"));
    HeldJob job = HeldJob.running(home, client);
    clock.show(DAY.negated());

    JsonNode backlog = client.get("/backlog").json();
    JsonNode health = client.get("/actuator/health").json();
    assertThat(backlog.at("/oldestWaitingSeconds").asLong()).isZero();
    assertThat(backlog.at("/estimatedDrainSeconds").asLong()).isBetween(0L, 60L);
    assertThat(health.at("/components/worker/details/runningSeconds").asLong()).isZero();
    job.letGo();
    HeldJob.ended(client, job.third());
    assertThat(programs()).endsWith(job.second(), job.third());
  }

  @Test
  void limitOfAJobIsNoMatterOfTheClock() throws Exception {
    String job =
        client.post("/jobs?kind=endless&timeout=1s", "x", "Content-Type", "text/plain").at("/id");
    Eventually.holds("it runs", () -> !home.trace().isEmpty());
    clock.show(DAY.negated());

    assertThat(HeldJob.ended(client, job).at("/status").asString()).isEqualTo("timed_out");
  }

  /** The jobs whose programs ran, in the order in which they did. */
  private List<String> programs() throws IOException {
    return home.trace().stream()
        .filter(line -> line.startsWith("begin"))
        .map(line -> line.split(" ", 3)[1])
        .toList();
  }
}
