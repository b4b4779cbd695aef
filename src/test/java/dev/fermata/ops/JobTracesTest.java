package dev.fermata.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.job.CommitPolicy;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Job;
import dev.fermata.job.OnDisconnect;
import dev.fermata.job.Outcome;
import dev.fermata.job.Owner;
import dev.fermata.job.Reason;
import dev.fermata.job.Submission;
import dev.fermata.job.Traceparent;
import dev.fermata.journal.MemoryJournal;
import dev.fermata.journal.Sample;
import dev.fermata.kind.Kinds;
import dev.fermata.lane.Passage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The spans of an attempt are made once it is over, of the moments that it went through. */
class JobTracesTest {

  private static final Instant NOON = Sample.NOON;
  private static final Traceparent TRACE =
      new Traceparent("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "01");
  private static final Passage.Run RUN =
      new Passage.Run(
          NOON.plusSeconds(5), NOON.plusSeconds(6), NOON.plusSeconds(8), NOON.plusSeconds(9), null);
  private static final Outcome DONE = new Outcome.Succeeded(new Answer(null, 0));

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final MemoryJournal journal = new MemoryJournal();
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build();
  private final OpenTelemetry sdk = OpenTelemetrySdk.builder().setTracerProvider(provider).build();
  private final JobTraces traces =
      new JobTraces(sdk, journal, new JobMeters(new Kinds(List.of()), new SimpleMeterRegistry()));

  @AfterEach
  void close() {
    provider.close();
    journal.close();
  }

  @Test
  void aJobIsTheChildOfItsSubmissionAndTheParentOfItsStages() {
    traces.ended(passage(1, TRACE, RUN, DONE));

    SpanData job = span("job align");
    assertThat(job.getTraceId()).isEqualTo(TRACE.traceId());
    assertThat(job.getParentSpanId()).isEqualTo(TRACE.spanId());
    assertThat(spans.getFinishedSpanItems()).hasSize(5);
    assertThat(spans.getFinishedSpanItems())
        .filteredOn(it -> !it.equals(job))
        .allMatch(it -> it.getParentSpanId().equals(job.getSpanId()));
    assertMoments("job align", 0, 10);
    assertMoments("queue wait", 0, 5);
    assertMoments("open", 5, 6);
    assertMoments("handle", 6, 8);
    assertMoments("close", 8, 9);
    assertThat(job.getAttributes().asMap())
        .containsEntry(AttributeKey.stringKey("fermata.job.id"), Sample.id(1).toString())
        .containsEntry(AttributeKey.stringKey("fermata.job.lane"), "default")
        .containsEntry(AttributeKey.longKey("fermata.job.attempt"), 1L)
        .containsEntry(AttributeKey.stringKey("fermata.job.outcome"), "succeeded");
    assertThat(job.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void withoutATraceTheJobBeginsOne() {
    traces.ended(passage(1, null, RUN, DONE));

    assertThat(span("job align").getParentSpanContext().isValid()).isFalse();
  }

  @Test
  void whatTheClientDoesNotSampleIsNotSent() {
    traces.ended(passage(1, new Traceparent(TRACE.traceId(), TRACE.spanId(), "00"), RUN, DONE));

    assertThat(spans.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void stagesThatWereNotReachedHaveNoSpanAndAFailureIsAnError() {
    var failed = new Outcome.Failed(Reason.SCOPE_OPEN_FAILED, "as told", null);
    var unopened = new Passage.Run(RUN.startedAt(), null, null, RUN.closedAt(), null);

    traces.ended(passage(1, TRACE, unopened, failed));

    assertThat(spans.getFinishedSpanItems())
        .extracting(SpanData::getName)
        .containsExactlyInAnyOrder("queue wait", "job align");
    assertThat(span("job align").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span("job align").getStatus().getDescription()).isEqualTo("as told");
  }

  @Test
  void aJobThatNeverRanIsFoundInTheTraceThatItWasSubmittedIn() {
    var submission =
        new Submission(
            Owner.NOBODY,
            "align",
            "default",
            null,
            Map.of(),
            null,
            CommitPolicy.DEFAULT,
            OnDisconnect.CONTINUE,
            1,
            null,
            TRACE,
            List.of());
    journal.append(new Accepted(new Job(Sample.id(1), 1, submission, NOON))).join();

    traces.ended(passage(0, null, null, new Outcome.Cancelled(Reason.CLIENT_REQUEST, null)));

    assertThat(span("job align").getParentSpanId()).isEqualTo(TRACE.spanId());
    assertMoments("queue wait", 0, 10);
  }

  private void assertMoments(String name, long from, long to) {
    assertThat(span(name).getStartEpochNanos()).isEqualTo(nanos(NOON.plusSeconds(from)));
    assertThat(span(name).getEndEpochNanos()).isEqualTo(nanos(NOON.plusSeconds(to)));
  }

  private static long nanos(Instant at) {
    return TimeUnit.MILLISECONDS.toNanos(at.toEpochMilli());
  }

  private SpanData span(String name) {
    return spans.getFinishedSpanItems().stream()
        .filter(it -> it.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Passage passage(
      int attempt, @Nullable Traceparent trace, Passage.@Nullable Run run, Outcome outcome) {
    return new Passage(
        Sample.id(1),
        "align",
        "default",
        attempt,
        trace,
        NOON,
        NOON,
        run,
        outcome,
        null,
        NOON.plusSeconds(10));
  }
}
