package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The trace that a client follows its submission by goes with the job. */
class TraceparentTest extends ServerTest {

  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void reachesTheProgramThatWorksForTheJob() {
    assertThat(inProgram(submit("traceparent", TRACE))).isEqualTo(TRACE + "\n");
  }

  @Test
  void ofASubmissionWithoutOneOrWithOneThatIsBrokenIsNone() {
    assertThat(inProgram(submit())).isEqualTo("none\n");
    assertThat(inProgram(submit("traceparent", "00-what-is-this-01"))).isEqualTo("none\n");
    assertThat(inProgram(submit("traceparent", TRACE, "traceparent", TRACE))).isEqualTo("none\n");
  }

  @Test
  void isTheOneOfTheRequestForAJobThatRunsAgain() {
    String first = submit("traceparent", TRACE);
    client().ended(first);
    String other = TRACE.replace('b', 'c');

    assertThat(inProgram(client().post("/jobs/" + first + "/rerun").id())).isEqualTo("none\n");
    assertThat(inProgram(client().post("/jobs/" + first + "/rerun", "traceparent", other).id()))
        .isEqualTo(other + "\n");
  }

  private String submit(String... headers) {
    byte[] body = "echo ${FERMATA_TRACEPARENT:-none}".getBytes(UTF_8);
    return client().send("POST", "/jobs?kind=bounded", body, headers).id();
  }

  private String inProgram(String id) {
    client().ended(id);
    return client().get("/jobs/" + id + "/files/stdout").text();
  }
}
