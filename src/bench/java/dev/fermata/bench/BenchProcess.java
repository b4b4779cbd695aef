package dev.fermata.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server in a process of its own, with kinds that do nothing but what is measured. */
record BenchProcess(Process process, int port, HttpClient http) implements AutoCloseable {

  static final String NAP = "{\"kind\":\"nap\",\"input\":{}}";

  private static final String SETTINGS =
      """
      fermata:
        lanes: { default: { capacity: 10000000 }, busy: { workers: 1 } }
        kinds:
          hang: { handler: hang, lane: busy }
          turn: { handler: turn, lane: busy, inputs: { count: { required: true } } }
          chatter: { handler: chatter, lane: busy, inputs: { count: { required: true } } }
          nap: { handler: command, command: [sleep, "3600"] }
          obeys: { handler: command, lane: busy, command: [sh, -c, "echo $$ > pid; exec sleep 3600"] }
          deaf: { handler: command, lane: busy, command: [sh, -c, "trap '' TERM; echo $$ > pid; exec sleep 3600"] }
          burn: { handler: command, lane: busy, command: [sh, -c, 'for i in $(seq $(nproc)); do while :; do :; done & done; wait'] }
      """;

  /**
   * Starts a server, and returns when it answers.
   *
   * @param options {@code -X...} go to the virtual machine, all others to the server
   */
  static BenchProcess start(Path home, String... options) throws IOException, InterruptedException {
    Path settings = Files.writeString(home.resolve("bench.yml"), SETTINGS);
    int port = freePort();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Stream.of(options).filter(it -> it.startsWith("-X")).toList());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BenchServer.class.getName());
    command.add("--server.port=" + port);
    command.add("--fermata.data-dir=" + home.resolve("data"));
    command.add("--spring.config.additional-location=" + settings);
    command.addAll(Stream.of(options).filter(it -> !it.startsWith("-X")).toList());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()))
            .redirectErrorStream(true)
            .start();
    var server = new BenchProcess(process, port, HttpClient.newHttpClient());
    server.awaitHealth();
    return server;
  }

  /** Submits a job and waits until it runs; returns its path. */
  String post(String json) throws IOException, InterruptedException {
    HttpRequest submission =
        request("/jobs")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    String job =
        http.send(submission, BodyHandlers.ofString())
            .headers()
            .firstValue("Location")
            .orElseThrow();
    while (!http.send(request(job).build(), BodyHandlers.ofString())
        .body()
        .contains("\"status\":\"running\"")) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return job;
  }

  /** Submits a job, and stays until it has ended. */
  String answer(String path, String accept, String json) throws IOException, InterruptedException {
    HttpRequest submission =
        request(path)
            .header("Content-Type", "application/json")
            .header("Accept", accept)
            .header("Prefer", "wait=60")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return body(http.send(submission, BodyHandlers.ofString()));
  }

  String get(String path, String accept) throws IOException, InterruptedException {
    return body(http.send(request(path).header("Accept", accept).build(), BodyHandlers.ofString()));
  }

  private static String body(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  void cancel(String job) throws IOException, InterruptedException {
    HttpRequest cancel = request(job).header("Prefer", "wait=30").DELETE().build();
    HttpResponse<String> answer = http.send(cancel, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("cancel answered " + answer.statusCode() + " " + answer.body());
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private void awaitHealth() throws IOException, InterruptedException {
    while (process.isAlive()) {
      try {
        if (http.send(request("/actuator/health").build(), BodyHandlers.discarding()).statusCode()
            == 200) {
          return;
        }
      } catch (java.net.ConnectException e) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
    throw new IOException("the server did not start; see its log");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** What it has used of the processors. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Asks it to stop (SIGTERM), and returns when it has. */
  void stop() {
    process.destroy();
    process.onExit().join();
  }

  @Override
  public void close() {
    stop();
  }
}
