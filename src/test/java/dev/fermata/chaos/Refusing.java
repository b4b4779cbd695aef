package dev.fermata.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** What clients see of a server that can't store anything. */
final class Refusing {

  private Refusing() {}

  /** Each is refused and says when to come back; looking still works. */
  static void everyKindOfSubmission(Client client) throws IOException {
    assertRefused(client.post("/jobs?kind=write", "x", "Content-Type", "text/plain"));
    assertRefused(client.post("/sessions/s/messages", "x", "Content-Type", "text/plain"));
    assertRefused(client.post("/jobs?kind=write", "x", "Prefer", "wait=5"));
    Reply health = client.get("/actuator/health");
    assertThat(health.status()).isEqualTo(503);
    assertThat(health.at("/status")).isEqualTo("DOWN");
    assertThat(client.get("/actuator/health/readiness").status()).isEqualTo(503);
    assertThat(client.get("/actuator/health/liveness").status()).isEqualTo(200);
    assertThat(client.get("/backlog").status()).isEqualTo(200);
  }

  private static void assertRefused(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(503);
    assertThat(reply.header("Retry-After")).matches("\\d+");
    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
  }

  /** The lane has noticed too. */
  static void stays(Client client, String what, Server server) {
    Eventually.holds(
        what, () -> client.get("/actuator/health").at("/components/worker/status").equals("DOWN"));
    assertThat(server.output()).contains("The lane pauses until the journal works again");
  }

  /** Within seconds of the end of the trouble. */
  static void isOver(Client client) throws IOException {
    Eventually.holds("health is UP", () -> client.get("/actuator/health").status() == 200);
    HeldJob.ended(client, HeldJob.submit(client, "write", "afterwards"));
  }
}
