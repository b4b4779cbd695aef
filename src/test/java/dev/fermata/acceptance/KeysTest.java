package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.acceptance.Routes.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Nobody comes in without a key that holds, but where that is for everybody. */
@ExtendWith(OutputCaptureExtension.class)
class KeysTest extends KeyedTest {

  private static final List<Route> OPEN =
      List.of(
          new Route("GET", "/"),
          new Route("GET", "/problems"),
          new Route("GET", "/problems/{slug}"),
          new Route("GET", "/openapi.yaml"),
          new Route("GET", "/openapi.json"),
          new Route("GET", "/docs"));

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mapping;

  @Test
  void everyOtherRouteWantsAKey() {
    for (Route route : Routes.of(mapping)) {
      if (!OPEN.contains(route)) {
        Client stranger = stranger();
        assertTurnedAway(stranger.send(route.method(), route.address("x"), new byte[0]));
        if (!route.pattern().equals("/")) {
          assertTurnedAway(stranger.send("OPTIONS", route.address("x"), new byte[0]));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator",
        "/actuator/info",
        "/actuator/metrics",
        "/actuator/prometheus",
        "/actuator/health/journal",
        "/actuator/health/",
        "/nowhere",
        "/error",
        "/problems/x/y",
        "/problems/..;/jobs",
        "/problems/../jobs",
        "/docs/../jobs",
        "/docs/..;/jobs.html",
        "/docs/swagger-ui.css/x",
        "/problems;/../jobs",
        "/actuator/health/../metrics",
        "/actuator/health;x=/../metrics",
        "//jobs",
        "//",
        "/;/jobs",
        "/.",
        "/static/../jobs"
      })
  void addressThatIsNotOpenLetterByLetterWantsAKey(String address) throws IOException {
    try (var wire = strangersWire()) {
      wire.lines("GET " + address + " HTTP/1.1", "Host: localhost", "Connection: close", "");
      assertTurnedAway(wire.read());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        "Bearer " + ALICE + "x",
        "Bearer " + ALICE + " x",
        "Bearer a,b",
        "Basic " + ALICE,
        "Basic YWxpY2U6YWxpY2U=",
        ALICE,
        "Digest username=alice"
      })
  void keyThatDoesNotHoldIsAnsweredAsNone(String authorization) {
    Reply none = assertTurnedAway(stranger().get("/jobs"));
    Reply bad = assertTurnedAway(stranger().get("/jobs", "Authorization", authorization));

    assertThat(bad.text()).isEqualTo(none.text());
  }

  @Test
  void hashIsNoKey() {
    assertTurnedAway(stranger().as(hash(ALICE)).get("/jobs"));
    assertTurnedAway(stranger().as(hash(ALICE).substring(8)).get("/jobs"));
  }

  @Test
  void twoKeysAtOnceAreNone() {
    assertTurnedAway(stranger().as(ALICE).get("/jobs", "Authorization", "Bearer " + BOB));
  }

  @Test
  void schemeIsReadInAnyCase() {
    assertThat(stranger().get("/jobs", "Authorization", "bearer " + ALICE).status()).isEqualTo(200);
  }

  @Test
  void ownerMayHaveAnOldKeyAndANewOne() {
    String job = alice().submit("script", "hers");

    assertThat(stranger().as(ALICES_NEXT).job(job).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/problems",
        "/problems/not-authenticated",
        "/static/page.css",
        "/actuator/health",
        "/actuator/health/liveness",
        "/actuator/health/readiness"
      })
  void openAddressIsForEverybodyWhateverTheirKey(String address) {
    for (String method : List.of("GET", "HEAD", "OPTIONS")) {
      for (Client client : List.of(stranger(), stranger().as("wrong"), alice())) {
        assertThat(client.send(method, address, new byte[0]).status())
            .as(method)
            .isIn(method.equals("OPTIONS") ? List.of(200, 405) : List.of(200));
      }
    }
  }

  @Test
  void onlyReadingIsOpen() {
    assertTurnedAway(stranger().post("/"));
    assertTurnedAway(stranger().postForm("/", "query_sequence=MKV"));
    assertTurnedAway(stranger().post("/actuator/health"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/liveness", "/readiness"})
  void healthIsAWordWithoutAKeyAndDetailsWithOne(String group) {
    Reply word = stranger().get("/actuator/health" + group);

    assertThat(word.json().at("/status").asString()).isEqualTo("UP");
    assertThat(word.text()).doesNotContain("components");
    assertThat(alice().get("/actuator/health" + group).keys()).contains("components");
  }

  @Test
  void metricsAreThereWithAKey() {
    assertThat(alice().get("/actuator/prometheus").status()).isEqualTo(200);
    assertThat(alice().get("/actuator/info").status()).isEqualTo(200);
    assertProblem(alice().get("/actuator/env"), 404, "not-found");
  }

  @Test
  void waitingAndFollowingWorkWithAKey() throws IOException {
    Script.Hold hold = script.hold("holds");
    String key = "Authorization: Bearer " + ALICE;
    try (var follower =
        Follower.post(
            port(),
            "/jobs?kind=script",
            "holds",
            key,
            "Accept: text/event-stream",
            "Content-Type: text/plain")) {
      hold.awaitBegin();
      String job = follower.header("Location").substring("/jobs/".length());
      assertThat(alice().status(job)).isEqualTo("running");
      hold.release();
      List<Follower.Told> told = follower.rest();
      assertThat(told.getLast().type()).isEqualTo("end");
      assertThat(told.getLast().data().at("/id").asString()).isEqualTo(job);
    }
    Reply waited = alice().postBody("/jobs?kind=script", "text/plain", "at once");
    assertThat(alice().get("/jobs/" + waited.id(), "Prefer", "wait=20").at("/status"))
        .isEqualTo("succeeded");
  }

  @Test
  void refusedBodyIsAnsweredThoughItIsLong() throws IOException {
    try (var wire = strangersWire()) {
      wire.lines(
          "POST /jobs?kind=script HTTP/1.1",
          "Host: localhost",
          "Content-Type: text/plain",
          "Content-Length: 2000000",
          "");
      wire.bytes(new byte[2_000_000]);
      assertTurnedAway(wire.read());
    }
  }

  @Test
  void whoFailsTooOftenIsToldToWaitAndStopsNobody() {
    Client guesser = stranger();
    var replies = new ArrayList<Reply>();
    Stream.generate(() -> guesser.as("guess").get("/jobs")).limit(200).forEach(replies::add);

    Reply last =
        replies.stream().filter(reply -> reply.status() == 429).reduce((a, b) -> b).orElseThrow();
    assertProblem(last, 429, "too-many-requests");
    assertThat(last.header("Retry-After")).isEqualTo("1");
    assertThat(replies.stream().limit(20).map(Reply::status)).containsOnly(401);
    assertThat(replies.stream().map(Reply::status)).containsOnly(401, 429);
    assertThat(guesser.as(ALICE).get("/jobs").status()).isEqualTo(200);
    assertThat(guesser.get("/actuator/health").status()).isEqualTo(200);
  }

  @Test
  void keysChangeWhileTheServerRuns(CapturedOutput output) throws IOException {
    String before = Files.readString(keysFile());
    String next = "bob-next-wI9oPq3rTz";
    try {
      Files.writeString(keysFile(), before + "bob: " + hash(next) + "\n");
      assertThat(bob().get("/jobs").status()).isEqualTo(200);
      assertThat(stranger().as(next).get("/jobs").status()).isEqualTo(200);

      Files.writeString(keysFile(), "bob: " + hash(next) + "\n");
      assertTurnedAway(stranger().as(BOB).get("/jobs"));
      assertThat(stranger().as(next).get("/jobs").status()).isEqualTo(200);

      Files.writeString(keysFile(), "bob: " + hash(BOB) + "\nbob: " + next + "\n");
      assertTurnedAway(stranger().as(BOB).get("/jobs"));
      assertThat(stranger().as(next).get("/jobs").status()).isEqualTo(200);
      assertThat(output).containsOnlyOnce("line 2").contains("ERROR").doesNotContain(next);

      Files.delete(keysFile());
      assertThat(stranger().as(next).get("/jobs").status()).isEqualTo(200);
    } finally {
      Files.writeString(keysFile(), before);
    }
    assertThat(bob().get("/jobs").status()).isEqualTo(200);
    assertTurnedAway(stranger().as(next).get("/jobs"));
  }

  private static Reply assertTurnedAway(Reply reply) {
    assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
    return assertProblem(reply, 401, "not-authenticated");
  }
}
