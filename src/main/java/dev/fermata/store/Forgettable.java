package dev.fermata.store;

import java.time.Instant;

/**
 * The tables whose rows nothing but their age ends. One more of them is one more line here; it
 * needs an index on the column of its times.
 */
enum Forgettable {
  /** Ids of jobs that were removed. */
  TOMBSTONES("purged", "id", "purged_at") {
    @Override
    Instant limit(Instant tombstones, Instant keys) {
      return tombstones;
    }
  },
  /** Keys under which clients sent submissions. */
  KEYS("idempotency", "owner, key", "at") {
    @Override
    Instant limit(Instant tombstones, Instant keys) {
      return keys;
    }
  };

  private final String table;
  private final String key;
  private final String at;

  /**
   * @param key the columns of its primary key
   * @param at the column of its times, in milliseconds
   */
  Forgettable(String table, String key, String at) {
    this.table = table;
    this.key = key;
    this.at = at;
  }

  /** What is older goes: which of the two this table follows. */
  abstract Instant limit(Instant tombstones, Instant keys);

  /** Whether anything in it is older than a time, in milliseconds. */
  String exists() {
    return "select exists (select 1 from %s where %s < ?)".formatted(table, at);
  }

  /** Deletes what is older than a time, the oldest first, and at most so many. */
  String delete() {
    return "delete from %1$s where (%2$s) in (select %2$s from %1$s where %3$s < ? order by %3$s limit ?)"
        .formatted(table, key, at);
  }
}
