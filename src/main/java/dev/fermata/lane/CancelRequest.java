package dev.fermata.lane;

import dev.fermata.job.JobId;
import dev.fermata.job.Reason;
import dev.fermata.lane.Backlog.Waiting;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request to cancel a job, on its way to the disk.
 *
 * @param lane where the job stands
 * @param answer what is true once the commit is durable; null when the request is to be made again
 * @param left the job, if it left the line for this request; null otherwise
 */
record CancelRequest(
    Lane lane,
    JobId id,
    Reason reason,
    @Nullable CancelAnswer answer,
    @Nullable Waiting left,
    CompletableFuture<Void> commit) {

  /** What became of it, once that is durable. */
  CancelAnswer await() {
    return lane.answer(this);
  }
}
