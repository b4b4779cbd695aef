package dev.fermata.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that follow one stream, each on a connection of its own. */
final class Watchers implements AutoCloseable {

  private final List<Socket> all = new ArrayList<>();
  private final AtomicLong bytes = new AtomicLong();

  static Watchers of(int port, String path, int count) throws IOException {
    var watchers = new Watchers();
    for (int i = 0; i < count; i++) {
      watchers.add(port, path);
    }
    return watchers;
  }

  private void add(int port, String path) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    all.add(socket);
    String request =
        "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    Thread.ofVirtual().start(() -> drain(socket));
  }

  private void drain(Socket socket) {
    var buffer = new byte[64 * 1024];
    try (InputStream in = socket.getInputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes.addAndGet(n);
      }
    } catch (IOException e) {
      // It was closed here.
    }
  }

  /** What they have received, all together. */
  long bytes() {
    return bytes.get();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : all) {
      socket.close();
    }
  }
}
