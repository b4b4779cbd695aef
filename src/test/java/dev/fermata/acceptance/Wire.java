package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.fermata.openapi.Conformance;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Stream;

/** One connection to the server, for tests that care which bytes are on it. */
final class Wire implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  /** The first lines of the requests that are not answered yet. */
  private final Queue<String[]> asked = new ArrayDeque<>();

  Wire(int port) throws IOException {
    this(port, InetAddress.getLoopbackAddress());
  }

  Wire(int port, InetAddress from) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port, from, 0);
    socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Sends lines, each ended as HTTP wants it. */
  Wire lines(String... lines) throws IOException {
    Stream.of(lines)
        .filter(line -> line.matches("[A-Z]+ \\S+ HTTP/1\\.[01]"))
        .forEach(line -> asked.add(line.split(" ", 3)));
    return bytes((String.join("\r\n", lines) + "\r\n").getBytes(ISO_8859_1));
  }

  Wire bytes(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /** Reads the next answer of the connection, to its end. */
  Reply read() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    Map<String, List<String>> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] header = line.split(":", 2);
      headers.computeIfAbsent(header[0], name -> new ArrayList<>()).add(header[1].strip());
    }
    var head = HttpHeaders.of(headers, (name, value) -> true);
    Reply reply = new Reply(status, head, status < 200 ? new byte[0] : body(head));
    if (status >= 200 && !asked.isEmpty()) {
      String[] line = asked.remove();
      Conformance.check(line[0], line[1], status, headers, reply.bytes());
    }
    return reply;
  }

  private byte[] body(HttpHeaders headers) throws IOException {
    if (headers.firstValue("Transfer-Encoding").isPresent()) {
      return chunks();
    }
    long length = headers.firstValueAsLong("Content-Length").orElse(-1);
    return length < 0 ? in.readAllBytes() : in.readNBytes(Math.toIntExact(length));
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
      body.write(in.readNBytes(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ended within \"" + line + "\"");
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
