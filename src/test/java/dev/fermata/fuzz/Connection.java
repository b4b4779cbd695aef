package dev.fermata.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One connection, whose answers are read with a bound on the time of each. */
final class Connection implements AutoCloseable {

  /** An answer ended before it was whole. */
  static final class Broken extends IOException {

    private final transient Received part;

    Broken(Received part, IOException cause) {
      super(cause);
      this.part = part;
    }

    Received part() {
      return part;
    }
  }

  private final Socket socket;
  private final InputStream in;
  private long end;

  Connection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void sendNoMore() throws IOException {
    socket.shutdownOutput();
  }

  /** Leaves as a process that dies does. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /**
   * Reads the next answer.
   *
   * @throws SocketTimeoutException when it is not whole within the time
   * @throws EOFException when there is none
   * @throws Broken when the connection ends within it
   */
  Received read(boolean toHead, Duration most) throws IOException {
    end = System.nanoTime() + most.toNanos();
    String line = line();
    while (line.startsWith("HTTP/1.1 100")) {
      headers();
      line = line();
    }
    if (!line.matches("HTTP/1\\.1 \\d{3} ?.*")) {
      throw new Broken(new Received(0, Map.of(), line), new IOException("that is no answer"));
    }
    int status = Integer.parseInt(line.substring(9, 12));
    Map<String, List<String>> headers = headers();
    var body = new StringBuilder();
    if (!toHead && status >= 200 && status != 204 && status != 304) {
      body(new Received(status, headers, ""), body);
    }
    return new Received(status, headers, body.toString());
  }

  private void body(Received head, StringBuilder body) throws IOException {
    try {
      if (head.header("Transfer-Encoding").isPresent()) {
        chunks(body);
      } else if (head.header("Content-Length").isPresent()) {
        bytes(Integer.parseInt(head.header("Content-Length").get()), body);
      } else {
        for (int c = in.read(); c >= 0; c = byteInTime()) {
          body.append((char) c);
        }
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      throw new Broken(new Received(head.status(), head.headers(), body.toString()), e);
    }
  }

  private void chunks(StringBuilder body) throws IOException {
    for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
      bytes(size, body);
      line();
    }
    line();
  }

  private void bytes(int length, StringBuilder body) throws IOException {
    for (int left = length; left > 0; ) {
      rest();
      byte[] some = in.readNBytes(Math.min(left, Math.max(1, in.available())));
      if (some.length == 0) {
        throw new EOFException("the connection ended within a body");
      }
      body.append(new String(some, ISO_8859_1));
      left -= some.length;
    }
  }

  private Map<String, List<String>> headers() throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] header = line.split(":", 2);
      headers
          .computeIfAbsent(header[0].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(header[1].strip());
    }
    return headers;
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = byteInTime(); c != '\n'; c = byteInTime()) {
      if (c < 0) {
        throw new EOFException("the connection ended within \"" + line + "\"");
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  private int byteInTime() throws IOException {
    if (in.available() == 0) {
      rest();
    }
    return in.read();
  }

  private void rest() throws IOException {
    long millis = (end - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException();
    }
    socket.setSoTimeout(Math.toIntExact(millis));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
