package dev.fermata.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Measures how soon an idle server sees that a client has gone, and what those cost who stay. */
record GoneBench(BenchProcess server, Random random) {

  private static final int CLIENTS = 200;
  private static final int IDLE = 1000;
  private static final Duration STRETCH = Duration.ofSeconds(10);
  private static final String WAIT = "Prefer: wait=60";
  private static final String STREAM = "Accept: text/event-stream";
  private static final String HANG =
      "{\"kind\":\"hang\",\"onDisconnect\":\"cancel\",\"disconnectGrace\":\"0s\",\"input\":{}}";

  void run() throws IOException, InterruptedException {
    String longJob = server.post(BenchProcess.NAP);
    System.out.println("From the end of a connection to the stop of its job's handler, grace 0s");
    for (int i = 0; i < 20; i++) {
      gone(WAIT, true);
    }
    for (String how : List.of(WAIT, STREAM)) {
      for (boolean reset : new boolean[] {false, true}) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
          millis.add(gone(how, reset));
        }
        System.out.printf(
            "  %-26s %s  %s%n", how, reset ? "RST" : "FIN", Figures.of(millis).times());
      }
    }
    idle(longJob);
  }

  /** The time in milliseconds, to the handler's own clock. */
  private double gone(String how, boolean reset) throws IOException, InterruptedException {
    int before = Integer.parseInt(hung()[0]);
    long closed;
    try (Socket client = request("POST /jobs", how, HANG)) {
      while (Integer.parseInt(hung()[0]) == before) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      TimeUnit.MICROSECONDS.sleep(random.nextInt(5_000, 205_000)); // in step with nothing
      client.setSoLinger(reset, 0);
      closed = System.nanoTime();
    }
    String[] hung = hung();
    while (Integer.parseInt(hung[1]) == before) {
      TimeUnit.MILLISECONDS.sleep(1);
      hung = hung();
    }
    return (Long.parseLong(hung[2]) - closed) / 1e6;
  }

  private String[] hung() throws IOException, InterruptedException {
    return server.get("/hung", "text/plain").strip().split(" ");
  }

  private Socket request(String line, String header, String body) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    String text =
        "%s HTTP/1.1\r\nHost: localhost\r\n%s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(line, header, body.length(), body);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private void idle(String longJob) throws IOException, InterruptedException {
    System.out.printf("CPU time of the server over %d s%n", STRETCH.toSeconds());
    System.out.printf(Locale.ROOT, "  nobody waits               %.2f s%n", cpu());
    for (String line : List.of("GET " + longJob, "GET " + longJob + "/events")) {
      String how = line.endsWith("/events") ? STREAM : WAIT;
      List<Socket> clients = new ArrayList<>();
      for (int i = 0; i < IDLE; i++) {
        clients.add(request(line, how, ""));
      }
      TimeUnit.SECONDS.sleep(5); // all have been let in
      System.out.printf(Locale.ROOT, "  %,d x %-18s %.2f s%n", IDLE, how, cpu());
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  private double cpu() throws InterruptedException {
    Duration before = server.cpu();
    TimeUnit.MILLISECONDS.sleep(STRETCH.toMillis());
    return server.cpu().minus(before).toMillis() / 1e3;
  }
}
