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

  Where(Filter filter) {
    List<Status> statuses = List.copyOf(filter.statuses());
    if (!statuses.isEmpty()) {
      and("status in (:statuses)", "statuses", statuses.stream().map(Status::word).toList());
      onOneSideOfTheEnd(statuses);
    }
    and("kind = :kind", "kind", filter.kind());
    and("lane = :lane", "lane", filter.lane());
    @Nullable SessionId session = filter.session();
    of(session == null ? filter.owner() : session.owner());
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

  /** The index leaves out what is nobody's: SQLite must be told when it will do. */
  private void of(@Nullable Owner owner) {
    if (owner != null) {
      and("owner = :owner", "owner", owner.name());
      if (!owner.equals(Owner.NOBODY)) {
        conditions.add("owner <> ''");
      }
    }
  }

  /** Adds a condition, unless its value is null. */
  Where and(String condition, String name, @Nullable Object value) {
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
