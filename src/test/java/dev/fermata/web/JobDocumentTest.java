package dev.fermata.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.JobId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

class JobDocumentTest {

  private static final JobId ID =
      new JobId(UUID.fromString("01900000-0000-7000-8000-000000000001"));

  private final JsonMapper json = mapper();

  @Test
  void everyFieldIsThereInOrder() {
    assertThat(json.readTree(json.writeValueAsString(document())).propertyNames())
        .containsExactly(
            "id",
            "kind",
            "lane",
            "session",
            "status",
            "reason",
            "message",
            "attempt",
            "position",
            "estimatedStartAt",
            "submittedAt",
            "startedAt",
            "finishedAt",
            "returnCode",
            "progress",
            "input",
            "result",
            "warnings",
            "lastEventId",
            "finished",
            "expiresAt",
            "links");
  }

  @Test
  void timesHaveExactlyThreeDecimals() {
    assertThat(json.writeValueAsString(document()))
        .contains("\"submittedAt\":\"2026-01-02T03:04:05.000Z\"")
        .contains("\"startedAt\":\"2026-01-02T03:04:05.678Z\"");
  }

  @Test
  void aResultThatIsJsonIsPutInAsItIs() {
    assertThat(json.writeValueAsString(document())).contains("\"result\":{\"score\": 1.50}");
  }

  @Test
  void inAListInputAndResultAreLeftOut() {
    var page = json.readTree(json.writeValueAsString(new JobPage(List.of(document()), null)));

    assertThat(page.get("jobs").get(0).propertyNames())
        .contains("id", "links")
        .doesNotContain("input", "result");
    assertThat(page.get("next").isNull()).isTrue();
  }

  @Test
  void isSaidInOneLine() {
    assertThat(document().line())
        .isEqualTo("Job " + ID + " (align) failed, exit_code: It ended with 1.");
  }

  private static JobDocument document() {
    return new JobDocument(
        ID.toString(),
        "align",
        "default",
        null,
        "failed",
        "exit_code",
        "It ended\nwith 1.",
        1,
        null,
        null,
        Instant.parse("2026-01-02T03:04:05Z"),
        Instant.parse("2026-01-02T03:04:05.678901Z"),
        null,
        1,
        null,
        Map.of("text", "x"),
        new RawValue("{\"score\": 1.50}"),
        List.of(),
        null,
        true,
        null,
        JobDocument.Links.of(ID, null));
  }

  private static JsonMapper mapper() {
    var builder = JsonMapper.builder();
    new JsonSettings().customize(builder);
    return builder.build();
  }
}
