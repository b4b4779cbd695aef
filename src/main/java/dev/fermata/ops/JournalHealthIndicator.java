package dev.fermata.ops;

import dev.fermata.journal.Journal;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the journal takes writes: each look tries one. */
@Component
final class JournalHealthIndicator implements HealthIndicator {

  private static final int PATIENCE_SECONDS = 2;

  private final Journal journal;

  JournalHealthIndicator(Journal journal) {
    this.journal = journal;
  }

  @Override
  public Health health() {
    try {
      journal.append(List.of(), () -> {}).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return Health.up().withDetail("writable", true).build();
    } catch (ExecutionException e) {
      return down(String.valueOf(e.getMessage()));
    } catch (TimeoutException e) {
      return down("no write came through within " + PATIENCE_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return down("interrupted");
    }
  }

  private static Health down(String why) {
    return Health.down().withDetail("writable", false).withDetail("reason", why).build();
  }
}
