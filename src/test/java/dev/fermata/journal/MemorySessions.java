package dev.fermata.journal;

import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.MetaReplaced;
import dev.fermata.job.Owner;
import dev.fermata.job.SessionChange;
import dev.fermata.job.SessionChange.Appended;
import dev.fermata.job.SessionId;
import dev.fermata.session.Message;
import dev.fermata.session.SavedSession;
import dev.fermata.session.Sessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sessions of a {@link MemoryJournal}, which guards them. */
final class MemorySessions implements Sessions {

  private record Row(SavedSession saved, List<Message> messages) {}

  private final Map<SessionId, Row> rows;
  private long lastNumber;

  private MemorySessions(Map<SessionId, Row> rows, long lastNumber) {
    this.rows = new HashMap<>(rows);
    this.lastNumber = lastNumber;
  }

  MemorySessions() {
    this(Map.of(), 0);
  }

  MemorySessions copy() {
    return new MemorySessions(rows, lastNumber);
  }

  /** False when it is not the version that the job found. */
  boolean save(Finished fact) {
    @Nullable SessionChange change = fact.change();
    if (change == null) {
      return true;
    }
    Row row = rowOrNew(change.session(), fact.at());
    if (row.saved().version() != change.version()) {
      return false;
    }
    var messages = new ArrayList<>(row.messages());
    for (Appended each : change.appended()) {
      messages.add(
          new Message(
              messages.size(),
              each.role(),
              each.content(),
              each.at(),
              fact.id(),
              fact.outcome().status()));
    }
    String meta = Objects.requireNonNullElse(change.meta(), row.saved().meta());
    put(row.saved(), meta, fact.at(), messages);
    return true;
  }

  void replaceMeta(MetaReplaced fact) {
    Row row = rowOrNew(fact.session(), fact.at());
    put(row.saved(), fact.meta(), fact.at(), row.messages());
  }

  boolean remove(SessionId session) {
    return rows.remove(session) != null;
  }

  private Row rowOrNew(SessionId id, Instant at) {
    @Nullable Row row = rows.get(id);
    return row != null
        ? row
        : new Row(new SavedSession(lastNumber + 1, id, "{}", 0, 0, at, at), List.of());
  }

  private void put(SavedSession before, String meta, Instant at, List<Message> messages) {
    var saved =
        new SavedSession(
            before.number(),
            before.id(),
            meta,
            before.version() + 1,
            messages.size(),
            before.created(),
            at);
    lastNumber = Math.max(lastNumber, saved.number());
    rows.put(saved.id(), new Row(saved, List.copyOf(messages)));
  }

  @Override
  public Optional<SavedSession> find(SessionId id) {
    return Optional.ofNullable(rows.get(id)).map(Row::saved);
  }

  @Override
  public List<Message> messages(SessionId id, long before, int limit) {
    List<Message> older =
        Optional.ofNullable(rows.get(id)).map(Row::messages).orElse(List.of()).stream()
            .filter(message -> message.index() < before)
            .toList();
    return older.subList(Math.max(0, older.size() - limit), older.size());
  }

  @Override
  public List<SavedSession> page(Owner owner, long before, int limit) {
    return rows.values().stream()
        .map(Row::saved)
        .filter(session -> session.id().owner().equals(owner) && session.number() < before)
        .sorted(Comparator.comparingLong(SavedSession::number).reversed())
        .limit(limit)
        .toList();
  }
}
