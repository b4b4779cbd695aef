package dev.fermata.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures how long a stop takes with open streams and a program that ignores TERM. */
record StopBench(Path home) {

  private static final int STREAMS = 100;
  private static final int ROUNDS = 5;

  void run() throws IOException, InterruptedException {
    List<Double> seconds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      seconds.add(stop(Files.createDirectory(home.resolve("round" + round))));
    }
    System.out.printf(
        "From SIGTERM to the exit, in s: %d event streams, a program that ignores TERM, grace 3s,"
            + " kill-grace 1s%n",
        STREAMS);
    System.out.println("  " + Figures.of(seconds).range());
  }

  private static double stop(Path where) throws IOException, InterruptedException {
    List<Socket> streams = new ArrayList<>();
    try (BenchProcess server =
        BenchProcess.start(where, "--fermata.grace=3s", "--fermata.kill-grace=1s")) {
      String job = server.post("{\"kind\":\"deaf\",\"input\":{}}");
      for (int i = 0; i < STREAMS; i++) {
        streams.add(stream(server.port(), job));
      }
      long begin = System.nanoTime();
      server.stop();
      return (System.nanoTime() - begin) / 1e9;
    } finally {
      for (Socket stream : streams) {
        stream.close();
      }
    }
  }

  /** One that has begun. */
  private static Socket stream(int port, String job) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    String request =
        "GET " + job + "/events HTTP/1.1\r\nHost: bench\r\nAccept: text/event-stream\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    if (socket.getInputStream().read() < 0) {
      throw new IOException("no stream");
    }
    return socket;
  }
}
