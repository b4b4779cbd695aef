package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.fermata.acceptance.Routes.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** What one owner has does not exist for another, by whatever route. */
class IsolationTest extends KeyedTest {

  private static final List<String> SHARED = List.of("/kinds/{name}", "/problems/{slug}");
  private static final String MESSAGE = "{\"content\":\"hello\"}";

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mapping;

  private List<Route> jobs;
  private List<Route> sessions;

  @BeforeEach
  void sortRoutes() {
    List<Route> all =
        Routes.of(mapping).stream()
            .filter(Route::takesAnId)
            .filter(route -> !SHARED.contains(route.pattern()))
            .toList();
    jobs = all.stream().filter(route -> route.pattern().startsWith("/jobs/{id}")).toList();
    sessions = all.stream().filter(route -> route.pattern().startsWith("/sessions/{id}")).toList();
    var others = new ArrayList<>(all);
    others.removeAll(jobs);
    others.removeAll(sessions);
    assertThat(others).as("routes of which nobody said whose they are").isEmpty();
    assertThat(jobs).hasSizeGreaterThan(8);
    assertThat(sessions).hasSizeGreaterThan(4);
  }

  @Test
  void jobOfAnotherIsUnknownOnEveryRoute() {
    String finished = alice().ended(alice().submit("argument", "hers")).id();
    Script.Hold hold = script.hold("holds");
    String running = alice().submit("script", "holds");
    hold.awaitBegin();
    String waiting = alice().submit("script", "waits");

    for (String job : List.of(finished, running, waiting)) {
      String before = alice().job(job).header("ETag");
      for (Route route : jobs) {
        for (String query : List.of("", "?purge=true")) {
          if (query.isEmpty() || route.method().equals("DELETE")) {
            Reply reply = send(bob(), route, job, query);
            assertProblem(reply, 404, "unknown-job");
            assertThat(reply.text()).doesNotContain("alice").doesNotContain("hers");
          }
        }
      }
      assertThat(alice().job(job).header("ETag")).isEqualTo(before);
    }
  }

  @Test
  void everyRouteOfAJobIsThereForItsOwner() {
    String job = alice().ended(alice().submit("argument", "hers")).id();

    for (Route route : jobs) {
      if (!route.method().equals("DELETE")) {
        assertThat(send(alice(), route, job, "").status()).as(route.toString()).isNotEqualTo(404);
      }
    }
    assertThat(alice().delete("/jobs/" + job + "?purge=true").status()).isEqualTo(204);
  }

  @Test
  void jobThatAnotherRemovedWasNeverThere() {
    String job = alice().ended(alice().submit("script", "gone")).id();
    alice().delete("/jobs/" + job + "?purge=true");

    assertProblem(alice().get("/jobs/" + job), 410, "gone");
    for (Route route : jobs) {
      assertProblem(send(bob(), route, job, ""), 404, "unknown-job");
    }
  }

  @Test
  void sessionOfAnotherIsUnknownOnEveryRoute() {
    alice().putJson("/sessions/talk", "{\"meta\":{\"secret\":1}}");
    String before = alice().get("/sessions/talk").text();

    for (Route route : sessions) {
      switch (route.method()) {
        case "GET", "DELETE" ->
            assertProblem(send(bob(), route, "talk", ""), 404, "unknown-session");
        case "PUT", "POST" -> {
          // One of his own, of the same name.
        }
        default -> fail("nobody said what is another's on " + route);
      }
    }
    assertThat(bob().putJson("/sessions/talk", "{\"meta\":{}}").status()).isEqualTo(201);
    String turn = bob().postJson("/sessions/talk/messages", MESSAGE).id();
    bob().ended(turn);
    assertThat(bob().get("/sessions/talk").json().at("/total").asInt()).isEqualTo(2);
    assertThat(alice().get("/sessions/talk").text()).isEqualTo(before);
    assertThat(bob().delete("/sessions/talk").status()).isEqualTo(204);
    assertThat(alice().get("/sessions/talk").text()).isEqualTo(before);
  }

  @Test
  void sessionThatAnotherHoldsIsNotBusy() {
    Script.Hold hold = script.hold("holds");
    String hers = alice().postBody("/jobs?kind=script&session=busy", "text/plain", "holds").id();
    hold.awaitBegin();
    String reject = "/jobs?kind=script&session=busy&onBusy=reject";

    String his = bob().postBody(reject, "text/plain", "x").id();
    Reply refused = assertProblem(bob().postBody(reject, "text/plain", "y"), 409, "session-busy");

    assertThat(refused.at("/job")).isEqualTo(his);
    assertThat(assertProblem(alice().postBody(reject, "text/plain", "z"), 409, "session-busy"))
        .matches(reply -> reply.at("/job").equals(hers));
  }

  @Test
  void listsHaveOnlyOnesOwn() {
    alice().ended(alice().submit("script", "hers"));
    bob().ended(bob().submit("script", "his"));
    alice().putJson("/sessions/hers", "{\"meta\":{}}");

    String newest = bob().get("/jobs?limit=1").at("/jobs/0/id");
    assertThat(bob().job(newest).at("/input/text")).isEqualTo("his");
    assertThat(ids(bob(), "/jobs")).doesNotContainAnyElementsOf(ids(alice(), "/jobs"));
    assertThat(bob().get("/sessions").text()).doesNotContain("hers");
    assertThat(bob().get("/jobs?session=hers").json().at("/jobs")).isEmpty();
    assertThat(bob().get("/sessions?session=hers").json().at("/sessions")).isEmpty();
  }

  @Test
  void backlogCountsAllAndShowsOnesOwnPageAfterPage() {
    Script.Hold hold = script.hold("holds");
    alice().submit("script", "holds");
    hold.awaitBegin();
    List<String> his = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      IntStream.range(0, 3).forEach(n -> alice().submit("script", "hers"));
      his.add(bob().submit("script", "his"));
    }

    Reply page = bob().get("/backlog?limit=2");
    assertThat(page.json().at("/length").asInt()).isEqualTo(21);
    assertThat(page.json().at("/jobs")).hasSize(2);
    assertThat(page.json().at("/jobs/1/position").asInt()).isEqualTo(8);
    assertThat(ids(bob(), "/backlog?limit=2")).isEqualTo(his);
    assertThat(ids(bob(), "/backlog?limit=2&lane=default")).isEqualTo(his);
    assertThat(bob().get("/backlog?lane=wide").json().at("/jobs")).isEmpty();
    assertThat(ids(alice(), "/backlog?limit=3")).hasSize(16).doesNotContainAnyElementsOf(his);
  }

  @Test
  void filterCancelsOnlyOnesOwn() {
    Script.Hold hold = script.hold("holds");
    alice().submit("script", "holds");
    hold.awaitBegin();
    String hers = alice().submit("script", "hers");
    String his = bob().submit("script", "his");

    assertThat(bob().post("/jobs/cancel?kind=script&dryRun=true").json().at("/count").asInt())
        .isEqualTo(1);
    assertThat(bob().post("/jobs/cancel?kind=script").json().at("/count").asInt()).isEqualTo(1);
    assertThat(bob().status(his)).isEqualTo("cancelled");
    assertThat(alice().status(hers)).isEqualTo("queued");
  }

  @Test
  void cursorOfOneJobIsNoneOfAnother() {
    String one = alice().ended(alice().submit("argument", "long")).id();
    String other = alice().submit("narrow", "other");
    long last = alice().ended(one).json().at("/lastEventId").asLong();
    long lastOfOther = alice().ended(other).json().at("/lastEventId").asLong();
    assertThat(last).isGreaterThan(lastOfOther);

    Reply reply = alice().get("/jobs/" + other + "/events", "Last-Event-ID", Long.toString(last));
    assertProblem(reply, 400, "bad-cursor");
    assertProblem(alice().get("/jobs/" + other + "/events?after=" + last), 400, "bad-cursor");
  }

  private static Reply send(Client client, Route route, String id, String query) {
    return client.send(route.method(), route.address(id) + query, new byte[0]);
  }

  private static List<String> ids(Client client, String path) {
    return client.all(path).stream().map((JsonNode job) -> job.at("/id").asString()).toList();
  }
}
