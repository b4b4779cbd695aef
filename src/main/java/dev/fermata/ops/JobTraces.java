package dev.fermata.ops;

import dev.fermata.job.Job;
import dev.fermata.job.Outcome;
import dev.fermata.job.Traceparent;
import dev.fermata.journal.Jobs;
import dev.fermata.lane.Passage;
import dev.fermata.lane.Witness;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/**
 * Makes the spans of an attempt once it has ended, out of its moments: one of the job, and below it
 * the queue wait, the opening, the handler and the closing. What is measured then is measured
 * inside that span, so that metrics can name its trace.
 */
@Component
@Primary
@ConditionalOnProperty("management.opentelemetry.tracing.export.otlp.endpoint")
final class JobTraces implements Witness {

  private static final AttributeKey<String> ID = AttributeKey.stringKey("fermata.job.id");
  private static final AttributeKey<String> KIND = AttributeKey.stringKey("fermata.job.kind");
  private static final AttributeKey<String> LANE = AttributeKey.stringKey("fermata.job.lane");
  private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("fermata.job.attempt");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("fermata.job.outcome");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("fermata.job.reason");

  private final Tracer tracer;
  private final Jobs jobs;
  private final JobMeters meters;

  JobTraces(OpenTelemetry openTelemetry, Jobs jobs, JobMeters meters) {
    this.tracer = openTelemetry.getTracer("dev.fermata");
    this.jobs = jobs;
    this.meters = meters;
  }

  @Override
  public void submitted(Job job) {
    meters.submitted(job);
  }

  @Override
  public void ended(Passage passage) {
    Span job = job(passage);
    Context within = Context.root().with(job);
    stages(passage, within);
    try (Scope _ = within.makeCurrent()) {
      meters.ended(passage);
    } finally {
      job.end(passage.endedAt());
    }
  }

  private Span job(Passage passage) {
    boolean first = passage.attempt() <= 1;
    Span span =
        tracer
            .spanBuilder("job " + passage.kind())
            .setParent(parent(passage))
            .setStartTimestamp(first ? passage.submittedAt() : passage.queuedAt())
            .setAllAttributes(attributes(passage))
            .startSpan();
    Outcome outcome = passage.outcome();
    if (outcome.reason() != null) {
      span.setAttribute(REASON, outcome.reason().word());
    }
    return outcome instanceof Outcome.Succeeded || outcome instanceof Outcome.Cancelled
        ? span
        : span.setStatus(StatusCode.ERROR, Optional.ofNullable(outcome.message()).orElse(""));
  }

  private static Attributes attributes(Passage passage) {
    return Attributes.of(
        ID, passage.id().toString(),
        KIND, passage.kind(),
        LANE, passage.lane(),
        ATTEMPT, (long) passage.attempt(),
        OUTCOME, passage.ending());
  }

  /** A job that never ran was not read: what it was submitted with is looked for. */
  private Context parent(Passage passage) {
    @Nullable Traceparent sent =
        passage.run() == null
            ? jobs.find(passage.id())
                .map(record -> record.job().submission().traceparent())
                .orElse(null)
            : passage.traceparent();
    return sent == null ? Context.root() : Context.root().with(Span.wrap(context(sent)));
  }

  private static SpanContext context(Traceparent sent) {
    return SpanContext.createFromRemoteParent(
        sent.traceId(),
        sent.spanId(),
        TraceFlags.fromHex(sent.flags(), 0),
        TraceState.getDefault());
  }

  private void stages(Passage passage, Context within) {
    Passage.@Nullable Run run = passage.run();
    if (run == null) {
      stage("queue wait", passage.queuedAt(), passage.endedAt(), within);
      return;
    }
    stage("queue wait", passage.queuedAt(), run.startedAt(), within);
    stage("open", run.startedAt(), run.openedAt(), within);
    stage("handle", run.openedAt(), run.returnedAt(), within);
    stage("close", run.returnedAt(), run.closedAt(), within);
  }

  /** One that it did not come to leaves no span. */
  private void stage(String name, @Nullable Instant from, @Nullable Instant to, Context within) {
    if (from != null && to != null) {
      tracer.spanBuilder(name).setParent(within).setStartTimestamp(from).startSpan().end(to);
    }
  }
}
