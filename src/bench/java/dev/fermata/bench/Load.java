package dev.fermata.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends one request again and again over kept-alive connections, each waiting for its answer. */
record Load(int port, String request) {

  /** What was seen in one stretch of load. */
  record Seen(double perSecond, double p50Millis, double p99Millis) {}

  static Load get(int port, String path) {
    return new Load(port, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  static Load post(int port, String path, String json) {
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, json.length());
    return new Load(port, head + json);
  }

  Seen run(int connections, Duration time) throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + time.toNanos();
    List<Future<long[]>> all = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < connections; i++) {
        all.add(clients.submit(() -> connection(end)));
      }
    }
    var nanos = new ArrayList<long[]>();
    for (Future<long[]> one : all) {
      nanos.add(one.get());
    }
    long[] sorted = nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Seen(sorted.length / (time.toNanos() / 1e9), at(sorted, 0.50), at(sorted, 0.99));
  }

  private static double at(long[] sorted, double share) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) (share * (sorted.length - 1))] / 1e6;
  }

  private long[] connection(long end) throws IOException {
    byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
    var taken = new long[1024];
    int n = 0;
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      var in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
      for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
        out.write(bytes);
        answer(in);
        if (n == taken.length) {
          taken = Arrays.copyOf(taken, 2 * n);
        }
        taken[n++] = System.nanoTime() - now;
      }
    }
    return Arrays.copyOf(taken, n);
  }

  private static void answer(InputStream in) throws IOException {
    String status = line(in);
    if (!status.startsWith("HTTP/1.1 2")) {
      throw new IOException("answered " + status);
    }
    int length = -1;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    if (length >= 0) {
      in.skipNBytes(length);
    } else {
      chunks(in);
    }
  }

  private static void chunks(InputStream in) throws IOException {
    int size;
    do {
      size = Integer.parseInt(line(in), 16);
      in.skipNBytes(size + 2);
    } while (size > 0);
  }

  private static String line(InputStream in) throws IOException {
    var text = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the server closed the connection");
      }
      if (c != '\r') {
        text.append((char) c);
      }
    }
    return text.toString();
  }
}
