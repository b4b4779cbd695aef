package dev.fermata.fuzz;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;

/** Sends many requests to a server in a process of its own, and says what was wrong. */
final class Fuzz {

  private static final int CLIENTS = 16;

  private Fuzz() {}

  public static void main(String[] args) throws Exception {
    int requests = Integer.parseInt(args[0]);
    long seed = args.length > 1 ? Long.parseLong(args[1]) : new Random().nextInt();
    System.out.printf("Seed %d, %,d requests by %d clients%n", seed, requests, CLIENTS);
    try (FuzzProcess server = FuzzProcess.start()) {
      System.exit(isSound(server, new Fuzzing(server.port(), seed, CLIENTS), requests) ? 0 : 1);
    }
  }

  private static boolean isSound(FuzzProcess server, Fuzzing fuzzing, int requests)
      throws Exception {
    Findings early = fuzzing.run(requests / 10);
    fuzzing.settle();
    Vitals before = Vitals.of(server.pid(), fuzzing);
    Instant began = Instant.now();
    Findings findings = new Fuzzing(fuzzing.port(), ~fuzzing.seed(), CLIENTS).run(requests);
    Duration took = Duration.between(began, Instant.now());
    fuzzing.settle();
    Vitals after = Vitals.of(server.pid(), fuzzing);
    String health = fuzzing.get("/actuator/health").at("/status").asString();
    String errors = server.errors();

    System.out.print(early.report() + findings.report());
    System.out.printf("Answers: %s%n", findings.answers());
    System.out.printf(
        Locale.ROOT,
        "%d s, %.0f requests a second%n",
        took.toSeconds(),
        requests * 1000.0 / took.toMillis());
    System.out.printf("Before: %s%nAfter:  %s%nHealth: %s%n", before, after, health);
    System.out.print(errors);
    return early.isEmpty()
        && findings.isEmpty()
        && errors.isEmpty()
        && health.equals("UP")
        && after.near(before);
  }
}
