package dev.fermata.ops;

import dev.fermata.job.Job;
import dev.fermata.job.Outcome;
import dev.fermata.job.Reason;
import dev.fermata.kind.Kind;
import dev.fermata.kind.Kinds;
import dev.fermata.lane.Passage;
import dev.fermata.lane.Witness;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Counts jobs and measures how long they waited, ran, closed and took to stop. A kind that is not
 * configured any more counts as {@code other}; so the number of time series is bounded.
 */
@Component
final class JobMeters implements Witness {

  private final Kinds kinds;
  private final MeterProvider<Counter> submitted;
  private final MeterProvider<Counter> finished;
  private final MeterProvider<Timer> wait;
  private final MeterProvider<Timer> run;
  private final MeterProvider<Timer> close;
  private final MeterProvider<Timer> cancel;

  JobMeters(Kinds kinds, MeterRegistry registry) {
    this.kinds = kinds;
    this.submitted =
        Counter.builder("fermata.jobs.submitted")
            .description("jobs accepted")
            .withRegistry(registry);
    this.finished =
        Counter.builder("fermata.jobs.finished")
            .description("jobs ended, each once; an attempt that is made again is none")
            .withRegistry(registry);
    this.wait =
        timer("fermata.jobs.wait", Steps.LONG)
            .description("queue wait: from joining the line to the start of an attempt")
            .withRegistry(registry);
    this.run =
        timer("fermata.jobs.run", Steps.LONG)
            .description(
                "run: from the start, the opening included, until the handler has returned")
            .withRegistry(registry);
    this.close =
        timer("fermata.jobs.close", Steps.SHORT)
            .description("close: from the return of the handler until everything has closed")
            .withRegistry(registry);
    this.cancel =
        timer("fermata.jobs.cancel", Steps.SHORT)
            .description(
                "from the cancel of a running job until its work has stopped and everything has closed")
            .withRegistry(registry);
    kinds.all().forEach(this::beginAtNothing);
  }

  private static Timer.Builder timer(String name, Duration[] steps) {
    return Timer.builder(name).serviceLevelObjectives(steps);
  }

  /** A rate needs a zero before the first job. */
  private void beginAtNothing(Kind kind) {
    Tags tags = tags(kind.name(), kind.lane());
    submitted.withTags(tags);
    finished.withTags(tags.and("outcome", "succeeded", "reason", "none"));
  }

  @Override
  public void submitted(Job job) {
    submitted.withTags(tags(job.submission().kind(), job.submission().lane())).increment();
  }

  @Override
  public void ended(Passage passage) {
    Tags tags = tags(passage.kind(), passage.lane());
    if (passage.isLast()) {
      finished.withTags(tags.and(outcome(passage.outcome()))).increment();
    }
    if (passage.run() != null && !passage.isHandedBack()) {
      measure(passage, passage.run(), tags);
    }
  }

  private void measure(Passage passage, Passage.Run attempt, Tags tags) {
    @Nullable Instant returned = attempt.returnedAt();
    record(wait, tags, passage.queuedAt(), attempt.startedAt());
    if (returned != null) {
      record(run, tags, attempt.startedAt(), returned);
      record(close, tags, returned, attempt.closedAt());
    }
    if (attempt.cancelAskedAt() != null && passage.outcome() instanceof Outcome.Cancelled) {
      record(cancel, tags, attempt.cancelAskedAt(), attempt.closedAt());
    }
  }

  private static void record(MeterProvider<Timer> timer, Tags tags, Instant from, Instant to) {
    timer.withTags(tags).record(Duration.between(from, to)); // less than nothing is not counted
  }

  private Tags tags(String kind, String lane) {
    return Tags.of("kind", kinds.find(kind).isPresent() ? kind : "other", "lane", lane);
  }

  private static Tags outcome(Outcome outcome) {
    @Nullable Reason reason = outcome.reason();
    return Tags.of(
        "outcome", outcome.status().word(), "reason", reason == null ? "none" : reason.word());
  }
}
