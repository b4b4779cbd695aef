package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a job whose clients go away: what they asked for, once the last has gone. */
class GoneTest extends ServerTest {

  private static final String CANCEL = "onDisconnect=cancel&disconnectGrace=0s";
  private static final String NEVER = "onDisconnect=cancel&disconnectGrace=1h";

  private Script.Hold hold = new Script.Hold(new CountDownLatch(0), new CountDownLatch(0));

  @BeforeEach
  void letJobsWait() {
    hold = script.hold("holds");
  }

  private String heldJob() {
    String id = client().submit("script", "holds");
    hold.awaitBegin();
    return id;
  }

  private Socket request(String head, String body) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), client().port());
    String length = "Host: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n";
    socket.getOutputStream().write((head + "\r\n" + length + body).getBytes(US_ASCII));
    return socket;
  }

  private String newest() {
    return client().get("/jobs?limit=1").at("/jobs/0/id");
  }

  private double seen(String how) {
    return client()
        .get("/actuator/metrics/fermata.disconnects?tag=seen:" + how)
        .json()
        .at("/measurements/0/value")
        .asDouble();
  }

  private double watchers() {
    return client()
        .get("/actuator/metrics/fermata.watchers")
        .json()
        .at("/measurements/0/value")
        .asDouble();
  }

  private void assertCancelled(String id) {
    Reply ended = client().ended(id);
    assertThat(ended.at("/status")).isEqualTo("cancelled");
    assertThat(ended.at("/reason")).isEqualTo("client_disconnected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Prefer: wait=60", "Accept: text/event-stream"})
  void submissionWhoseClientHasGoneIsCancelledIfItAskedForThat(String how) throws Exception {
    double before = seen("probe") + seen("write");
    String type = "\r\nContent-Type: text/plain";
    try (Socket socket =
        request("POST /jobs?kind=script&" + CANCEL + " HTTP/1.1\r\n" + how + type, "holds")) {
      hold.awaitBegin();
      assertThat(socket.isConnected()).isTrue();
    }
    assertCancelled(newest());
    assertThat(seen("probe") + seen("write")).isEqualTo(before + 1); // the start may be told first
    Eventually.holds(() -> watchers() == 0);
  }

  @Test
  void submissionGoesOnIfItAskedForNothing() throws Exception {
    double before = seen("probe");
    String head = "POST /jobs?kind=script HTTP/1.1\r\nPrefer: wait=60\r\nContent-Type: text/plain";
    request(head, "holds").close();
    hold.awaitBegin();
    Eventually.holds(() -> seen("probe") == before + 1);
    String id = newest();
    assertThat(client().status(id)).isEqualTo("running");
    hold.release();
    assertThat(client().ended(id).at("/status")).isEqualTo("succeeded");
  }

  @ParameterizedTest
  @CsvSource({"/events?, Accept: application/x-ndjson", "?, Prefer: wait=60"})
  void watcherCanAskForItToo(String what, String how) throws Exception {
    String id = heldJob();
    double before = watchers();
    try (Socket socket = request("GET /jobs/" + id + what + CANCEL + " HTTP/1.1\r\n" + how, "")) {
      Eventually.holds(() -> watchers() == before + 1);
      socket.setSoLinger(true, 0);
    }
    assertCancelled(id);
  }

  @Test
  void anyWatcherKeepsTheJob() throws Exception {
    String id = heldJob();
    double before = seen("probe");
    String path = "/jobs/" + id + "/events";
    try (Follower stays = Follower.get(client().port(), path, "Accept: text/event-stream")) {
      stays.next(2);
      Follower.get(client().port(), path + "?" + CANCEL, "Accept: text/event-stream").close();
      Eventually.holds(() -> seen("probe") == before + 1);
      assertThat(client().status(id)).isEqualTo("running");
    }
    assertCancelled(id);
  }

  @Test
  void whoComesBackKeepsTheJob() throws Exception {
    String id = heldJob();
    double before = seen("probe");
    String path = "/jobs/" + id + "/events?" + NEVER;
    Follower.get(client().port(), path, "Accept: text/event-stream").close();
    Eventually.holds(() -> seen("probe") == before + 1);
    try (Follower back = Follower.get(client().port(), path, "Accept: text/event-stream")) {
      back.next(2);
      hold.release();
      assertThat(back.rest().getLast().data().at("/status").asString()).isEqualTo("succeeded");
    }
  }

  @Test
  void expiredWaitIsNotGone() {
    String id = heldJob();
    Reply shown = client().get("/jobs/" + id + "?" + CANCEL, "Prefer", "wait=0");
    Reply waited = client().get("/jobs/" + id + "?" + CANCEL, "Prefer", "wait=1");
    assertThat(shown.at("/status")).isEqualTo("running");
    assertThat(waited.at("/status")).isEqualTo("running");
    hold.release();
    assertThat(client().ended(id).at("/status")).isEqualTo("succeeded");
  }

  @Test
  void whoDoesNotWaitCannotAsk() {
    String id = heldJob();
    Reply shown = client().get("/jobs/" + id + "?" + CANCEL);
    Reply listed = client().get("/jobs/" + id + "/events?" + CANCEL);
    Reply submitted = client().postBody("/jobs?kind=script&" + CANCEL, "text/plain", "x");

    assertProblem(shown, 422, "invalid-parameter", "/onDisconnect");
    assertProblem(listed, 422, "invalid-parameter", "/onDisconnect");
    assertProblem(submitted, 422, "invalid-parameter", "/onDisconnect");
    assertThat(newest()).isEqualTo(id);
  }
}
