package dev.fermata.fuzz;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run of many requests by several clients at once.
 *
 * @param seed what every request of every client follows from
 */
record Fuzzing(int port, long seed, int clients) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(20);

  Findings run(int requests) throws IOException, InterruptedException, ExecutionException {
    var findings = new Findings();
    var law = new Law(problems());
    Grammar grammar = Grammar.read();
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (int i = 0; i < clients; i++) {
        var client = new Client(port, grammar, seed * clients + i);
        all.add(
            threads.submit(
                () -> {
                  client.run(requests / clients, law, findings);
                  return client;
                }));
      }
    }
    for (Future<?> one : all) {
      one.get();
    }
    return findings;
  }

  private Set<String> problems() throws IOException {
    return get("/problems")
        .at("/problems")
        .valueStream()
        .map(problem -> problem.at("/type").asString())
        .collect(Collectors.toSet());
  }

  /** Ends whatever is left of the run, and waits until nobody works or watches. */
  void settle() throws IOException {
    send("POST /jobs/cancel?status=queued&status=running");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (get("/backlog").at("/length").asInt() > 0 || watchers() > 0) {
      if (System.nanoTime() > end) {
        throw new IOException(
            "not at rest: %s, %d watchers".formatted(get("/backlog?limit=2"), watchers()));
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private int watchers() throws IOException {
    return get("/actuator/metrics/fermata.watchers").at("/measurements/0/value").asInt();
  }

  JsonNode get(String path) throws IOException {
    return send("GET " + path);
  }

  private JsonNode send(String line) throws IOException {
    try (var connection = new Connection(port)) {
      connection.send(Sent.exchange(line + "\nAccept: application/json").bytes());
      return new JsonMapper().readTree(connection.read(false, PATIENCE).text());
    }
  }
}
