package dev.fermata.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the server relies on in Tomcat, below its public interface: an upgrade that changes it shows
 * here.
 */
class WatchedHttpTest {

  /** How a request carries its body. */
  enum Form {
    NONE {
      @Override
      String request(String path, String body) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
      }
    },
    SIZED {
      @Override
      String request(String path, String body) {
        String length = "Content-Length: " + body.length();
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + length + "\r\n\r\n" + body;
      }
    },
    CHUNKED {
      @Override
      String request(String path, String body) {
        String head = "POST " + path + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        String size = Integer.toHexString(body.length());
        return head + size + "\r\n" + body + "\r\n0\r\n\r\n";
      }
    };

    abstract String request(String path, String body);
  }

  private static final String BODY = "MVHLTPEEK";

  @TempDir private static Path home;
  private static WatchedTomcat tomcat;

  @BeforeAll
  static void start() throws Exception {
    tomcat = new WatchedTomcat(home);
  }

  @AfterAll
  static void stop() throws Exception {
    tomcat.close();
  }

  @AfterEach
  void nothingElseHappened() {
    assertThat(tomcat.servlet.trail).isEmpty();
    tomcat.servlet.asking.drainPermits();
  }

  @ParameterizedTest
  @EnumSource
  void closedConnectionIsSeen(Form form) throws Exception {
    try (Socket socket = tomcat.connect()) {
      send(socket, form.request("/", BODY));
      tomcat.servlet.awaitAsking();
    }
    assertThat(tomcat.servlet.told()).isEqualTo("gone");
  }

  @ParameterizedTest
  @EnumSource
  void resetConnectionIsSeen(Form form) throws Exception {
    try (Socket socket = tomcat.connect()) {
      send(socket, form.request("/", BODY));
      tomcat.servlet.awaitAsking();
      socket.setSoLinger(true, 0);
    }
    assertThat(tomcat.servlet.told()).isEqualTo("gone");
  }

  /** It can't be told from a close without writing. */
  @ParameterizedTest
  @EnumSource
  void halfClosedConnectionCountsAsClosed(Form form) throws Exception {
    try (Socket socket = tomcat.connect()) {
      send(socket, form.request("/", BODY));
      tomcat.servlet.awaitAsking();
      socket.shutdownOutput();
      assertThat(tomcat.servlet.told()).isEqualTo("gone");
      assertThat(socket.getInputStream().readAllBytes()).as("it is cut").isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void endOfTlsIsSeen(Form form) throws Exception {
    try (Socket socket = tomcat.connectSecurely()) {
      send(socket, form.request("/", BODY));
      tomcat.servlet.awaitAsking();
    }
    assertThat(tomcat.servlet.told()).isEqualTo("gone");
  }

  @Test
  void resetBelowTlsIsSeen() throws Exception {
    Socket socket = tomcat.connectSecurely();
    send(socket, Form.SIZED.request("/", BODY));
    tomcat.servlet.awaitAsking();
    socket.setSoLinger(true, 0);
    socket.close();
    assertThat(tomcat.servlet.told()).isEqualTo("gone");
  }

  @ParameterizedTest
  @EnumSource
  void connectionIsKeptAliveWhileItIsAsked(Form form) throws Exception {
    try (Socket socket = tomcat.connect()) {
      var answers = new Answered(socket);
      for (int n = 0; n < 100; n++) {
        send(socket, form.request("/?probes=3", "body " + n));
        assertThat(answers.next()).isEqualTo(form == Form.NONE ? "-" : "body " + n);
        assertThat(tomcat.servlet.told()).isEqualTo("stayed");
      }
    }
  }

  @Test
  void requestsThatCameTogetherAreAllAnswered() throws Exception {
    var text = new StringBuilder();
    var expected = new ArrayList<String>();
    for (int n = 0; n < 30; n++) {
      Form form = Form.values()[n % 3];
      text.append(form.request("/?probes=5", "body " + n));
      expected.add(form == Form.NONE ? "-" : "body " + n);
    }
    assertAnswers(List.of(text.toString()), expected);
  }

  /** However a request is cut that arrives while the one before it is asked about. */
  @ParameterizedTest
  @EnumSource
  void nextRequestMayArriveInAnyPieces(Form form) throws Exception {
    for (int cut : new int[] {1, 2, 30}) {
      String next = Form.SIZED.request("/?probes=3", "next");
      assertAnswers(
          List.of(
              form.request("/?probes=30", "first"), next.substring(0, cut), next.substring(cut)),
          List.of(form == Form.NONE ? "-" : "first", "next"));
    }
  }

  private static void assertAnswers(List<String> pieces, List<String> expected) throws Exception {
    try (Socket socket = tomcat.connect()) {
      send(socket, pieces.getFirst());
      tomcat.servlet.awaitAsking();
      for (String piece : pieces.subList(1, pieces.size())) {
        send(socket, piece);
      }
      var answers = new Answered(socket);
      for (String answer : expected) {
        assertThat(answers.next()).isEqualTo(answer);
        assertThat(tomcat.servlet.told()).isEqualTo("stayed");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void closeIsSeenBehindARequestThatWasSentAhead(Form form) throws Exception {
    try (Socket socket = tomcat.connect()) {
      send(socket, form.request("/", BODY) + Form.SIZED.request("/", BODY));
      tomcat.servlet.awaitAsking();
    }
    assertThat(tomcat.servlet.told()).isEqualTo("gone");
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.setTcpNoDelay(true);
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** The bodies of the answers on one connection. */
  private static final class Answered {

    private final InputStream in;

    Answered(Socket socket) throws IOException {
      socket.setSoTimeout(60_000);
      in = socket.getInputStream();
    }

    String next() throws IOException {
      int length = -1;
      assertThat(line()).startsWith("HTTP/1.1 200");
      for (String line = line(); !line.isEmpty(); line = line()) {
        if (line.startsWith("Content-Length: ")) {
          length = Integer.parseInt(line.substring("Content-Length: ".length()));
        }
      }
      return new String(in.readNBytes(length), ISO_8859_1);
    }

    private String line() throws IOException {
      var line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        assertThat(c).as("within " + line).isNotNegative();
        line.append((char) c);
      }
      return line.toString().stripTrailing();
    }
  }
}
