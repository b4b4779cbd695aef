package dev.fermata.tool.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** An endpoint that takes one call and answers it byte by byte, as a test says. */
final class Upstream implements AutoCloseable {

  static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

  /** What it does once it has read the request. */
  interface Conduct {
    void answer(OutputStream out, InputStream in) throws IOException;
  }

  /** The request, head and body, once it was read. */
  final CompletableFuture<String> request = new CompletableFuture<>();

  /** Completes when the conduct has come to its end. */
  final CompletableFuture<Void> answered = new CompletableFuture<>();

  private final ServerSocket server;

  Upstream(Conduct conduct) throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> serve(conduct));
  }

  /** One that sends this and closes the connection. */
  static Upstream sending(String bytes) throws IOException {
    return new Upstream((out, in) -> out.write(bytes.getBytes(UTF_8)));
  }

  /** One that sends this and then waits for the caller to go away. */
  static Upstream holding(String bytes) throws IOException {
    return new Upstream(
        (out, in) -> {
          out.write(bytes.getBytes(UTF_8));
          if (in.read() >= 0) {
            throw new IOException("more came");
          }
        });
  }

  static String event(String text) {
    return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
  }

  String url() {
    return "http://localhost:" + server.getLocalPort() + "/v1";
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve(Conduct conduct) {
    try (Socket socket = server.accept()) {
      request.complete(read(socket.getInputStream()));
      conduct.answer(socket.getOutputStream(), socket.getInputStream());
      answered.complete(null);
    } catch (IOException e) {
      answered.completeExceptionally(e);
    }
  }

  private static String read(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    String length =
        head.toString().toLowerCase(Locale.ROOT).replaceAll("(?s).*content-length: (\\d+).*", "$1");
    return head + new String(in.readNBytes(Integer.parseInt(length)), UTF_8);
  }
}
