package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.feed.Attendance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A job outlives its clients, unless they asked otherwise and nobody came back in time. */
class PresenceTest extends ServerTest {

  private static final String SSE = "Accept: text/event-stream";
  private static final String GRACE = "onDisconnect=cancel&disconnectGrace=700ms";

  /** In heartbeats, of which the tests' server sends one each 300 ms. */
  private static final int LONGER_THAN_THE_GRACE = 5;

  /** Takes the echo a second and more to repeat. */
  private static final String LONG = "word ".repeat(30).strip();

  @Autowired Attendance attendance;

  /** A reset may be seen by either, as it meets a write or not. */
  private long gone() {
    return attendance.gone(Attendance.Seen.PROBE) + attendance.gone(Attendance.Seen.WRITE);
  }

  private Socket post(String path, String header, String body) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), client().port());
    String request =
        "POST %s HTTP/1.1\r\nHost: localhost\r\n%s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(path, header, body.length(), body);
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    return socket;
  }

  private static void leave(Socket socket, boolean reset) throws IOException {
    if (reset) {
      socket.setSoLinger(true, 0);
    }
    socket.close();
  }

  private String newest() {
    return client().get("/jobs?limit=1").at("/jobs/0/id");
  }

  private String heldJob() {
    Script.Hold hold = script.hold("holds");
    String id = client().submit("script", "holds");
    hold.awaitBegin();
    return id;
  }

  /** As long as a watcher hears of it nothing else happens. */
  private void assertGoesOn(String id) throws IOException {
    String path = "/jobs/" + id + "/events?tail=true";
    try (Follower patient = Follower.get(client().port(), path, SSE)) {
      for (int n = 0; n < LONGER_THAN_THE_GRACE; n++) {
        assertThat(patient.line()).isEqualTo(":");
        assertThat(patient.line()).isEmpty();
      }
    }
    assertThat(client().status(id)).isEqualTo("running");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Prefer: wait=60", SSE})
  void resetOfASubmissionWithABodyCancelsItsJob(String how) throws Exception {
    Script.Hold hold = script.hold("holds");
    long before = gone();
    try (Socket socket = post("/jobs?kind=script&" + GRACE, how, "holds")) {
      hold.awaitBegin();
      leave(socket, true);
    }
    Reply ended = client().ended(newest());

    assertThat(ended.at("/status")).isEqualTo("cancelled");
    assertThat(ended.at("/reason")).isEqualTo("client_disconnected");
    assertThat(gone()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @CsvSource({"wait, false", "wait, true", "stream, false", "stream, true"})
  void turnWhoseClientHasGoneIsFinishedAndSaved(String how, boolean reset) throws Exception {
    String session = "goes-on-" + how + reset;
    long before = gone();
    String header = how.equals("wait") ? "Prefer: wait=60" : SSE;
    try (Socket socket = post("/sessions/" + session + "/messages", header, LONG)) {
      Eventually.holds(
          () -> client().get("/jobs?session=" + session).json().at("/jobs").size() == 1);
      leave(socket, reset);
    }
    Eventually.holds(() -> gone() == before + 1);
    String id = newest();
    assertThat(client().status(id)).isEqualTo("running");

    assertThat(client().ended(id).at("/status")).isEqualTo("succeeded");
    assertThat(client().job(id).at("/result")).isEqualTo(LONG);
    JsonNode saved = client().get("/sessions/" + session).json();
    assertThat(saved.at("/version").asInt()).isEqualTo(1);
    assertThat(text(saved, "/messages/1/content")).isEqualTo(LONG);
    assertThat(text(saved, "/messages/1/outcome")).isEqualTo("succeeded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keep", "discard"})
  void turnThatIsCancelledForWantOfAClientIsSavedAsItsPolicySays(String policy) throws Exception {
    String session = "gone-" + policy;
    String path = "/sessions/" + session + "/messages?" + GRACE + "&onCancel=" + policy;
    long before = gone();
    try (Follower client =
        Follower.post(client().port(), path, LONG, SSE, "Content-Type: text/plain")) {
      client.next(3); // queued, running, a word
    }
    Eventually.holds(() -> gone() == before + 1);
    assertThat(client().ended(newest()).at("/reason")).isEqualTo("client_disconnected");

    Reply saved = client().get("/sessions/" + session);
    if (policy.equals("discard")) {
      assertProblem(saved, 404, "unknown-session");
    } else {
      assertThat(saved.at("/messages/0/content")).isEqualTo(LONG);
      assertThat(saved.at("/messages/1/content")).startsWith("word").isNotEqualTo(LONG);
      assertThat(saved.at("/messages/1/outcome")).isEqualTo("cancelled");
    }
  }

  @Test
  void jobIsLeftAloneWhenItsClientIsBackWithinTheGrace() throws Exception {
    String id = heldJob();
    long before = gone();
    String path = "/jobs/" + id + "/events?" + GRACE;
    Follower.get(client().port(), path, SSE).close();
    Eventually.holds(() -> gone() == before + 1);

    assertGoesOn(id);
  }

  @Test
  void watcherThatAskedForNothingMayLeave() throws Exception {
    String id = heldJob();
    long before = gone();
    Follower.get(client().port(), "/jobs/" + id + "/events?disconnectGrace=0s", SSE).close();
    Eventually.holds(() -> gone() == before + 1);

    assertGoesOn(id);
  }

  /** Whoever left first had asked for it; the one that leaves last need not. */
  @Test
  void lastOfTwoWatchersDecidesNothingAlone() throws Exception {
    String id = heldJob();
    long before = gone();
    String path = "/jobs/" + id + "/events";
    try (Follower stays = Follower.get(client().port(), path, SSE)) {
      Follower.get(client().port(), path + "?" + GRACE, SSE).close();
      Eventually.holds(() -> gone() == before + 1);
      assertGoesOn(id);
      assertThat(stays.next(2)).hasSize(2);
    }
    assertThat(client().ended(id).at("/reason")).isEqualTo("client_disconnected");
  }
}
