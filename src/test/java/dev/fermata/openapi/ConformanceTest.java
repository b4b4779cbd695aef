package dev.fermata.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The check that every test's client makes finds whatever is not as the document says. */
class ConformanceTest {

  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";
  private static final String COUNT = "{\"count\":3}\n";

  @Test
  void answerAsTheDocumentSaysIsFine() {
    assertThat(faults("POST", "/jobs/cancel?kind=align", 200, JSON, COUNT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | count",
        "{\"count\":\"3\"} | /count",
        "{\"count\":-1} | /count",
        "{\"count\":3,\"more\":1} | more",
        "{\"count\":3 | no JSON",
      })
  void memberThatIsMissingOrWrongOrTooMuch(String body, String place) {
    assertThat(faults("POST", "/jobs/cancel", 200, JSON, body))
        .anySatisfy(
            fault ->
                assertThat(fault).contains("POST /jobs/cancel -> 200 application/json", place));
  }

  @Test
  void missingFieldOfAJobDeepWithinAStream() {
    String job = document().at("/components/examples/SucceededJob/value").toString();
    String event = "id: 14\nevent: end\ndata: " + job + "\n\n";
    String path = "/jobs/01a21f9a-90f1-7000-babe-12d591a18705/events";

    assertThat(faults("GET", path, 200, "text/event-stream", ":\n\n" + event)).isEmpty();
    assertThat(faults("GET", path, 200, "text/event-stream", event.replace("\"attempt\":1,", "")))
        .anySatisfy(
            fault -> assertThat(fault).contains("GET /jobs/{id}/events", "/data", "attempt"));
    assertThatThrownBy(() -> Conformance.checkEvent("3", "shout", "{}"))
        .hasMessageContaining("there is no such event");
  }

  @Test
  void statusThatIsNotInTheDocument() {
    assertThat(faults("POST", "/jobs/cancel", 201, JSON, COUNT))
        .containsExactly("POST /jobs/cancel -> 201: this status is not in the document");
  }

  @Test
  void mediaTypeThatIsNotInTheDocument() {
    assertThat(faults("POST", "/jobs/cancel", 200, "text/html", COUNT))
        .anySatisfy(fault -> assertThat(fault).contains("\"text/html\" is not in the document"));
  }

  @Test
  void headerThatIsMissingOrMalformedOrUnknown() {
    String job = document().at("/components/examples/QueuedJob/value").toString();
    String place = "/jobs/01a21f9a-90f1-7000-babe-12d591a18705";

    assertThat(faults("POST", "/jobs", 202, JSON, job, "Location", place, "Retry-After", "1"))
        .isEmpty();
    assertThat(faults("POST", "/jobs", 202, JSON, job, "Location", place))
        .anySatisfy(fault -> assertThat(fault).contains("no header Retry-After"));
    assertThat(faults("POST", "/jobs", 202, JSON, job, "Location", "/", "Retry-After", "soon"))
        .hasSize(2);
    assertThat(faults("POST", "/jobs/cancel", 200, JSON, COUNT, "X-Powered-By", "magic"))
        .anySatisfy(fault -> assertThat(fault).contains("x-powered-by is not in the document"));
  }

  @Test
  void fileMayHoldWhateverItsNameSays() {
    assertThat(faults("GET", "/jobs/x/files/deep/x.json", 200, JSON, "0123")).isEmpty();
  }

  @Test
  void problemThatThisAddressDoesNotHave() {
    String gone =
        "{\"type\":\"/problems/gone\",\"title\":\"Gone\",\"status\":410,\"detail\":\"It is.\",\"instance\":\"/\"}";

    assertThat(faults("GET", "/jobs/x", 410, PROBLEM, gone)).isEmpty();
    assertThat(faults("GET", "/jobs/x", 404, PROBLEM, gone)).hasSize(2);
  }

  @Test
  void addressThatThereIsNotAnswersWithAProblem() {
    String lost =
        "{\"type\":\"/problems/not-found\",\"title\":\"Not found\",\"status\":404,\"detail\":\"No.\",\"instance\":\"/x\"}";

    assertThat(faults("GET", "/x", 404, PROBLEM, lost)).isEmpty();
    assertThat(faults("GET", "/x", 404, JSON, lost)).hasSize(1);
    assertThat(faults("PATCH", "/jobs", 405, PROBLEM, lost))
        .anySatisfy(fault -> assertThat(fault).contains("no header Allow"));
  }

  private static JsonNode document() {
    return Document.served().root().node();
  }

  private static List<String> faults(
      String method, String target, int status, String type, String body, String... more) {
    Map<String, List<String>> headers = new HashMap<>(Map.of("content-type", List.of(type)));
    for (int n = 0; n < more.length; n += 2) {
      headers.put(more[n], List.of(more[n + 1]));
    }
    return Conformance.complaints(
        new Answer(method, target, status, headers, body.getBytes(UTF_8), true));
  }
}
