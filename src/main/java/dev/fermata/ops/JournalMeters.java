package dev.fermata.ops;

import dev.fermata.journal.CommitWitness;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** How long the journal's commits take, and how many appends share one. */
@Component
final class JournalMeters implements CommitWitness {

  private final DistributionSummary batch;
  private final Timer stored;
  private final Timer failed;

  JournalMeters(MeterRegistry registry) {
    this.batch =
        DistributionSummary.builder("fermata.journal.batch")
            .baseUnit("appends")
            .description("how many appends shared a commit")
            .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
            .register(registry);
    this.stored = commits("stored", registry);
    this.failed = commits("failed", registry);
  }

  private static Timer commits(String result, MeterRegistry registry) {
    return Timer.builder("fermata.journal.commit")
        .tag("result", result)
        .description("a commit, its fsync included; stored or failed")
        .serviceLevelObjectives(Steps.SHORT)
        .register(registry);
  }

  @Override
  public void committed(int appends, Duration took, boolean isStored) {
    if (isStored) {
      batch.record(appends);
    }
    (isStored ? stored : failed).record(took);
  }
}
