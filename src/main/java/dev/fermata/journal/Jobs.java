package dev.fermata.journal;

import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.job.SessionId;
import dev.fermata.job.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The jobs as the journal has them: what is read here is durable. Safe for use by many threads. */
public interface Jobs {

  /**
   * Which jobs to look for.
   *
   * @param statuses any of them; empty for all
   * @param kind null for all
   * @param lane null for all
   * @param session null for all
   * @param owner null for all, or for that of the session
   */
  record Filter(
      Set<Status> statuses,
      @Nullable String kind,
      @Nullable String lane,
      @Nullable SessionId session,
      @Nullable Owner owner) {
    public Filter {
      statuses = Set.copyOf(statuses);
      if (session != null && owner != null && !session.owner().equals(owner)) {
        throw new IllegalArgumentException("nobody has the sessions of somebody else");
      }
    }
  }

  Optional<JobRecord> find(JobId id);

  /** Those of the ids that exist, in the order given; inputs and results are left out. */
  List<JobRecord> findAll(List<JobId> ids);

  /**
   * The newest first; inputs and results are left out.
   *
   * @param before only jobs with a smaller {@link dev.fermata.job.Job#seq}; {@link Long#MAX_VALUE}
   *     for the first page
   */
  List<JobRecord> page(Filter filter, long before, int limit);

  /** The ids of all unfinished jobs that match, in the order of acceptance. */
  List<JobId> unfinished(Filter filter);

  /** How many these are. */
  int countUnfinished(Filter filter);

  /** Those of an owner that ended since a time, by minute and then by how they ended. */
  List<Tally> tallies(Owner owner, Instant since);

  /** Whose a job was that has been purged; empty when there was none. */
  Optional<Owner> purged(JobId id);
}
