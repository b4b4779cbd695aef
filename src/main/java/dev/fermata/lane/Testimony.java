package dev.fermata.lane;

import dev.fermata.job.Job;
import dev.fermata.job.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Tells what becomes of jobs: people by one line at each end, with what it says as fields beside
 * it, and a witness. Safe for use by many threads.
 */
final class Testimony {

  private static final Logger log = LoggerFactory.getLogger(Testimony.class);

  private final Witness witness;

  Testimony(Witness witness) {
    this.witness = witness;
  }

  void submitted(Job job) {
    tell(() -> witness.submitted(job));
  }

  void ended(Passage passage) {
    write(passage);
    tell(() -> witness.ended(passage));
  }

  private static void write(Passage passage) {
    LoggingEventBuilder line =
        log.atInfo()
            .addKeyValue("job", passage.id().toString())
            .addKeyValue("kind", passage.kind())
            .addKeyValue("lane", passage.lane())
            .addKeyValue("attempt", passage.attempt())
            .addKeyValue("outcome", passage.ending());
    @Nullable Reason reason = passage.outcome().reason();
    (reason == null ? line : line.addKeyValue("reason", reason.word())).log(passage.inWords());
  }

  /** What the witness fails with is its own matter. */
  private static void tell(Runnable what) {
    try {
      what.run();
    } catch (RuntimeException | Error e) {
      log.error("Nobody could measure what became of a job", e);
    }
  }
}
