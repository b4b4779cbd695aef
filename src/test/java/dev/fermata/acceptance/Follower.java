package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fermata.openapi.Conformance;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One client that follows a job on a connection of its own, line by line as they come, and can be
 * cut off in two ways.
 */
final class Follower implements AutoCloseable {

  /** One server-sent event. */
  record Told(String id, String type, String text) {
    JsonNode data() {
      return JsonMapper.shared().readTree(text);
    }
  }

  private final Socket socket;
  private final InputStream in;
  private final Map<String, String> headers = new HashMap<>();
  private final int status;
  private long chunkLeft;
  private boolean ended;

  private Follower(int port, String request) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
    in = new BufferedInputStream(socket.getInputStream());
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    status = Integer.parseInt(headLine().split(" ", 3)[1]);
    for (String line = headLine(); !line.isEmpty(); line = headLine()) {
      String[] header = line.split(": ", 2);
      headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
    }
    Map<String, List<String>> head = new HashMap<>();
    headers.forEach((name, value) -> head.put(name, List.of(value)));
    String[] line = request.split(" ", 3);
    Conformance.checkHead(line[0], line[1], status, head);
  }

  /** Watches a job; more headers may follow, each with a line end of its own. */
  static Follower get(int port, String path, String... more) throws IOException {
    return new Follower(port, head("GET", path, more) + "\r\n");
  }

  /** Submits and watches in one request. */
  static Follower post(int port, String path, String body, String... more) throws IOException {
    String length = "Content-Length: " + body.length() + "\r\n\r\n";
    return new Follower(port, head("POST", path, more) + length + body);
  }

  private static String head(String method, String path, String... more) {
    var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : more) {
      head.append(header).append("\r\n");
    }
    return head.toString();
  }

  int status() {
    return status;
  }

  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** The next event; null after a clean end. Comments are passed over. */
  @Nullable Told next() throws IOException {
    Map<String, String> fields = new HashMap<>();
    for (String line = line(); line != null; line = line()) {
      if (line.isEmpty() && fields.containsKey("data")) {
        var told =
            new Told(
                fields.getOrDefault("id", ""),
                fields.getOrDefault("event", ""),
                fields.get("data"));
        Conformance.checkEvent(told.id(), told.type(), told.text());
        return told;
      }
      if (!line.isEmpty() && !line.startsWith(":")) {
        String[] field = line.split(": ", 2);
        fields.put(field[0], field[1]);
      }
    }
    return null;
  }

  List<Told> next(int count) throws IOException {
    var told = new ArrayList<Told>();
    while (told.size() < count) {
      told.add(next());
    }
    return told;
  }

  /** All events up to the clean end. */
  List<Told> rest() throws IOException {
    var told = new ArrayList<Told>();
    for (Told next = next(); next != null; next = next()) {
      told.add(next);
    }
    return told;
  }

  /** The next line of the body; null after a clean end. */
  @Nullable String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = read(); c != '\n'; c = read()) {
      if (c < 0) {
        return null;
      }
      line.write(c);
    }
    return line.toString(UTF_8);
  }

  /** A byte of the body, which comes in chunks; -1 after the last chunk. */
  private int read() throws IOException {
    if (!ended && chunkLeft == 0) {
      chunkLeft = Long.parseLong(headLine(), 16);
      ended = chunkLeft == 0;
    }
    if (ended) {
      return -1;
    }
    int c = raw();
    if (--chunkLeft == 0) {
      headLine();
    }
    return c;
  }

  private String headLine() throws IOException {
    var line = new StringBuilder();
    for (int c = raw(); c != '\n'; c = raw()) {
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  private int raw() throws IOException {
    int c = in.read();
    if (c < 0) {
      throw new EOFException("cut");
    }
    return c;
  }

  /** As a client that crashes, or a proxy that has had enough. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
