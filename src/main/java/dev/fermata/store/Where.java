package dev.fermata.store;

import dev.fermata.job.Owner;
import dev.fermata.job.SessionId;
import dev.fermata.job.Status;
import dev.fermata.journal.Jobs.Filter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A filter as a condition of SQL with named parameters. */
final class Where {

  private final List<String> conditions = new ArrayList<>(List.of("true"));
  private final Map<String, Object> values = new HashMap<>();

  /** Whose they are, if no session says it; null for all. */
  private final @Nullable Owner owner;

  Where(Filter filter) {
    List<Status> statuses = List.copyOf(filter.statuses());
    if (!statuses.isEmpty()) {
      and("status in (:statuses)", "statuses", statuses.stream().map(Status::word).toList());
      onOneSideOfTheEnd(statuses);
    }
    and("kind = :kind", "kind", filter.kind());
    and("lane = :lane", "lane", filter.lane());
    @Nullable SessionId session = filter.session();
    this.owner = session == null ? filter.owner() : null;
    @Nullable Owner of = session == null ? owner : session.owner();
    and("owner = :owner", "owner", of == null ? null : of.name());
    and("session = :session", "session", session == null ? null : session.name());
  }

  /**
   * The indexes are of what has ended or of what has not: SQLite must be told which one will do.
   */
  private void onOneSideOfTheEnd(List<Status> statuses) {
    if (statuses.stream().allMatch(Status::finished)) {
      conditions.add("finished_at is not null");
    } else if (statuses.stream().noneMatch(Status::finished)) {
      conditions.add("finished_at is null");
    }
  }

  /**
   * Only those accepted before another one. The index of owners is of use here alone, where neither
   * a session nor the end of others narrows it down; it leaves out what is nobody's, and SQLite
   * must be told so.
   */
  Where before(long seq) {
    if (owner != null && !owner.equals(Owner.NOBODY)) {
      conditions.add("owner <> ''");
    }
    return and("seq < :before", "before", seq);
  }

  /** Adds a condition, unless its value is null. */
  private Where and(String condition, String name, @Nullable Object value) {
    if (value != null) {
      conditions.add(condition);
      values.put(name, value);
    }
    return this;
  }

  Map<String, Object> values() {
    return values;
  }

  @Override
  public String toString() {
    return String.join(" and ", conditions);
  }
}
