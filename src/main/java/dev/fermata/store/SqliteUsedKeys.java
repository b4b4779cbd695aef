package dev.fermata.store;

import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.journal.UsedKeys;
import java.util.Optional;
import java.util.UUID;

/** The used keys in the SQLite file, as committed. */
public final class SqliteUsedKeys implements UsedKeys {

  private final Database database;

  public SqliteUsedKeys(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Use> find(Owner owner, String key) {
    return database.read(
        sql ->
            sql.sql("select fingerprint, job from idempotency where owner = ? and key = ?")
                .params(owner.name(), key)
                .query(
                    (row, n) ->
                        new Use(
                            row.getString("fingerprint"),
                            new JobId(UUID.fromString(row.getString("job")))))
                .optional());
  }
}
