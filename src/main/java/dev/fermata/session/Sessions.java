package dev.fermata.session;

import dev.fermata.job.Owner;
import dev.fermata.job.SessionId;
import java.util.List;
import java.util.Optional;

/**
 * The sessions as committed: what a running job does to one is not seen here before the job's end.
 * Safe for use by many threads; every method throws {@link dev.fermata.journal.JournalUnavailable}
 * when nothing can be read now.
 */
public interface Sessions {

  Optional<SavedSession> find(SessionId id);

  /**
   * The newest messages of a session, the oldest of them first.
   *
   * @param before only those with a smaller index; {@link Long#MAX_VALUE} for the newest of all
   */
  List<Message> messages(SessionId id, long before, int limit);

  /**
   * The sessions of one owner, those created last first.
   *
   * @param before only those with a smaller {@link SavedSession#number}; {@link Long#MAX_VALUE} for
   *     the first page
   */
  List<SavedSession> page(Owner owner, long before, int limit);
}
