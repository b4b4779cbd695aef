package dev.fermata.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Whatever is sent, the answer keeps to the contract, and the server is none the worse for it. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "spring.config.additional-location=classpath:fuzz.yml")
@ExtendWith(OutputCaptureExtension.class)
class FuzzTest {

  private static final long SEED = Long.getLong("seed", 1);
  private static final int REQUESTS = Integer.getInteger("requests", 3000);

  @DynamicPropertySource
  static void dataDirectory(DynamicPropertyRegistry properties) {
    String data = "target/fuzz/" + UUID.randomUUID();
    properties.add("fermata.data-dir", () -> data);
  }

  @Test
  void everyAnswerKeepsToTheContract(@LocalServerPort int port, CapturedOutput output)
      throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/fd")), "open files are counted in /proc");
    long self = ProcessHandle.current().pid();
    var fuzzing = new Fuzzing(port, SEED, 8);
    Findings early = new Fuzzing(port, ~SEED, 8).run(REQUESTS / 10); // to be warm
    fuzzing.settle();
    Vitals before = Vitals.of(self, fuzzing);

    Findings findings = fuzzing.run(REQUESTS);

    System.out.printf("Seed %d: %s%n", SEED, findings.answers());
    assertThat(early.report() + findings.report()).isEmpty();
    fuzzing.settle();
    assertThat(fuzzing.get("/actuator/health").at("/status").asString()).isEqualTo("UP");
    Vitals after = Vitals.of(self, fuzzing);
    assertThat(after.near(before)).as("%s, and before %s", after, before).isTrue();
    assertThat(output.getAll()).doesNotContain(" ERROR ");
  }
}
