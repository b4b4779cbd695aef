package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;

/**
 * Where a language model should answer, and something goes wrong: the message says which. It serves
 * as long as the tests run.
 */
final class ModelEndpoint {

  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
  private static final String BEGIN =
      "data: {\"choices\":[{\"delta\":{\"content\":\"So far\"}}]}\n\n";

  private final ServerSocket server;

  private ModelEndpoint(ServerSocket server) {
    this.server = server;
  }

  static ModelEndpoint open() {
    try {
      var endpoint = new ModelEndpoint(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread.ofPlatform().daemon().name("model").start(endpoint::serve);
      return endpoint;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://localhost:" + server.getLocalPort() + "/v1";
  }

  private void serve() {
    while (true) {
      try (Socket socket = server.accept()) {
        answer(request(new DataInputStream(socket.getInputStream())), socket);
      } catch (IOException e) {
        // A caller that gave up: there will be others.
      }
    }
  }

  private static void answer(String request, Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    if (request.contains("refuses")) {
      out.write("HTTP/1.1 500 No\r\nContent-Length: 7\r\n\r\nno room".getBytes(UTF_8));
    } else if (request.contains("stalls")) {
      out.write((HEAD + BEGIN).getBytes(UTF_8));
      socket.getInputStream().read(); // until the caller has had enough
    } else if (request.contains("halves")) {
      out.write((HEAD + BEGIN + "data: {\"choices\":[{\"del").getBytes(UTF_8));
    } else {
      out.write((HEAD + BEGIN).getBytes(UTF_8));
    }
  }

  private static String request(DataInputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readByte());
    }
    String length =
        head.toString().toLowerCase(Locale.ROOT).replaceAll("(?s).*content-length: (\\d+).*", "$1");
    return new String(in.readNBytes(Integer.parseInt(length)), UTF_8);
  }
}
