package dev.fermata.web;

import dev.fermata.job.IdempotencyKey;
import dev.fermata.job.JobId;
import dev.fermata.journal.JobRecord;
import dev.fermata.lane.Acceptance;
import dev.fermata.lane.Lanes;
import dev.fermata.lane.Once;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes queries to their lanes. One whose key has brought in a job before is that job again,
 * whatever would be refused today: it is not read any further.
 */
@Component
final class Submissions {

  private final Once once;
  private final Lanes lanes;
  private final JobDocuments documents;
  private final Bodies bodies;

  Submissions(Once once, Lanes lanes, JobDocuments documents, Bodies bodies) {
    this.once = once;
    this.lanes = lanes;
    this.documents = documents;
    this.bodies = bodies;
  }

  /**
   * The job of a submission: when this returns, it is on disk.
   *
   * @param reader reads what was sent
   */
  Taken take(HttpServletRequest request, Function<Body, Offer> reader) {
    return bodies.with(request, body -> take(request, body, reader));
  }

  private Taken take(HttpServletRequest request, Body body, Function<Body, Offer> reader) {
    @Nullable IdempotencyKey key = Keys.of(request, body);
    return key == null
        ? first(reader.apply(body), null)
        : once.submit(key, () -> first(reader.apply(body), key), this::again);
  }

  private Taken first(Offer offer, @Nullable IdempotencyKey key) {
    Acceptance acceptance = lanes.submit(offer.submission(), offer.onBusy(), key);
    return new Taken(
        JobRecord.accepted(acceptance.job()), JobDocuments.accepted(acceptance), false);
  }

  private Taken again(JobId id) {
    return new Taken(documents.record(id), documents.document(id), true);
  }
}
