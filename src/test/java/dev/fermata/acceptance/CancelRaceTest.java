package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.kind.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A cancel and the end of a job, both at once: one of them wins, and all agree which. */
class CancelRaceTest extends ServerTest {

  private static final int ROUNDS = 120;

  /** How long the work goes on once the cancel is on its way; kept where either may win. */
  private double micros = 2000;

  @ParameterizedTest
  @ValueSource(strings = {"keep", "discard"})
  void cancelThatRacesTheEndLeavesOneEndAndWhatItsPolicySaves(String onCancel) {
    String session = "raced-" + onCancel;
    var saved = new ArrayList<String>();
    var ends = new ArrayList<String>();
    for (int round = 0; round < ROUNDS; round++) {
      Reply ended = race(session, onCancel);
      String end = ended.at("/status");
      ends.add(end);
      if (onCancel.equals("keep") || end.equals("succeeded")) {
        saved.add(ended.id());
      }
      micros *= end.equals("succeeded") ? 1.2 : 0.8;
    }

    assertThat(ends).contains("succeeded", "cancelled").containsOnly("succeeded", "cancelled");
    Reply history = client().get("/sessions/" + session + "/messages?limit=" + ROUNDS);
    assertThat(Turns.jobs(history)).isEqualTo(saved);
    assertThat(client().get("/sessions/" + session).json().at("/version").asInt())
        .isEqualTo(saved.size());
  }

  private Reply race(String session, String onCancel) {
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    script.on("races", run -> work(run, begun, go));
    String id = Turns.submit(client(), session, "races", "onCancel=" + onCancel);
    Eventually.holds(() -> begun.getCount() == 0);

    go.countDown();
    Reply cancel = client().post("/jobs/" + id + "/cancel");

    Reply ended = client().ended(id);
    assertOneEnd(ended);
    assertThat(cancel.status()).isIn(200, 202, 409);
    if (cancel.status() == 200) {
      assertThat(ended.at("/status")).isEqualTo("cancelled");
    }
    if (cancel.status() == 409) {
      assertThat(ended.at("/status")).isEqualTo("succeeded");
    }
    assertThatAnotherCancelChangesNothing(ended);
    return ended;
  }

  private Answer work(Run run, CountDownLatch begun, CountDownLatch go) throws Exception {
    Turns.say(run);
    begun.countDown();
    go.await();
    Thread.sleep(Duration.ofNanos((long) (micros * 1000)));
    return Script.answer("done");
  }

  private void assertOneEnd(Reply ended) {
    List<JsonNode> events =
        client().get("/jobs/" + ended.id() + "/events").json().valueStream().toList();
    assertThat(events.stream().map(it -> text(it, "/type"))).containsOnlyOnce("end");
    assertThat(events.getLast().at("/data")).isEqualTo(ended.json());
    assertThat(events.getLast().at("/id")).isEqualTo(ended.json().at("/lastEventId"));
  }

  private void assertThatAnotherCancelChangesNothing(Reply ended) {
    Reply again = client().post("/jobs/" + ended.id() + "/cancel");
    if (ended.at("/status").equals("cancelled")) {
      assertThat(again.status()).isEqualTo(200);
      assertThat(again.text()).isEqualTo(ended.text());
    } else {
      assertThat(again.status()).isEqualTo(409);
      assertThat(again.at("/type")).isEqualTo("/problems/job-already-finished");
    }
    assertThat(client().job(ended.id()).text()).isEqualTo(ended.text());
  }
}
