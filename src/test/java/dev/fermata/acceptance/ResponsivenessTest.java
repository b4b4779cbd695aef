package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.kind.Run;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Answers never wait for a job. */
class ResponsivenessTest extends ServerTest {

  @Test
  void twoPostsOnOneConnectionAreAnsweredWhileAJobTakesAllCores() throws Exception {
    var busy = new CountDownLatch(Runtime.getRuntime().availableProcessors());
    var enough = new AtomicBoolean();
    script.on("burn", run -> burn(run, busy, enough));
    String burning = client().submit("script", "burn");
    busy.await();

    try (var wire = new Wire(client().port())) {
      Reply first = post(wire, "first");
      Reply second = post(wire, "second");

      assertThat(first.status()).isEqualTo(202);
      assertThat(second.status()).isEqualTo(202);
      assertThat(first.json().at("/position").asInt()).isEqualTo(1);
      assertThat(second.json().at("/position").asInt()).isEqualTo(2);
      assertThat(second.header("Connection")).isNotEqualToIgnoringCase("close");
      assertThat(client().status(burning)).isEqualTo("running");
    } finally {
      enough.set(true);
    }
  }

  private static Reply post(Wire wire, String body) throws Exception {
    return wire.lines(
            "POST /jobs?kind=script HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Length: " + body.length(),
            "",
            body)
        .read();
  }

  private static Answer burn(Run run, CountDownLatch busy, AtomicBoolean enough) {
    int cores = Runtime.getRuntime().availableProcessors();
    try (ExecutorService burners = Executors.newFixedThreadPool(cores)) {
      for (int n = 0; n < cores; n++) {
        burners.execute(
            () -> {
              busy.countDown();
              while (!enough.get()) {
                Thread.onSpinWait();
              }
            });
      }
    }
    return Script.answer("burnt by " + run.attempt());
  }
}
