package dev.fermata.journal;

import dev.fermata.job.Event;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.MetaReplaced;
import dev.fermata.job.Fact.Purged;
import dev.fermata.job.Fact.SessionRemoved;
import dev.fermata.job.IdempotencyKey;
import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A journal in memory that keeps a trail of its commits, and fails or waits when told to. */
public final class MemoryJournal
    implements Journal, Jobs, Events, Sessions, UsedKeys, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MemoryJournal.class);

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("journal").factory());
  private final Consumer<List<Event>> visible;
  private final Phaser refusals = new Phaser(1);
  private final Map<JobId, MemoryJob> rows = new HashMap<>();
  private final MemoryTombstones purged = new MemoryTombstones();
  private final List<List<Fact>> commits = new ArrayList<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final Map<List<Object>, Use> keys = new HashMap<>();
  private MemorySessions sessions = new MemorySessions();
  private long lastSeq;
  private CountDownLatch gate = new CountDownLatch(0);
  private Predicate<Fact> refused = fact -> false;

  /** Whose events nobody watches. */
  public MemoryJournal() {
    this(events -> {});
  }

  /** Hands each group's events to the consumer, as a journal does. */
  public MemoryJournal(Consumer<List<Event>> visible) {
    this.visible = visible;
  }

  /** From now on commits wait. */
  public synchronized void hold() {
    gate = new CountDownLatch(1);
  }

  /** How many groups wait for their commit. */
  public int pending() {
    return pending.get();
  }

  public synchronized void release() {
    gate.countDown();
  }

  /** From now on groups with such a fact are refused: the disk is full. */
  public synchronized void refuse(Predicate<Fact> facts) {
    refused = facts;
  }

  public synchronized void refuseNothing() {
    refused = fact -> false;
  }

  /** Returns when the journal has refused so often, all in all. */
  public void awaitRefusals(int count) {
    for (int phase = 0; phase < count; phase++) {
      refusals.awaitAdvance(phase);
    }
  }

  /** Every group that is durable, in order. */
  public synchronized List<List<Fact>> commits() {
    return List.copyOf(commits);
  }

  /** Every fact of this kind that is durable, in order. */
  public <T extends Fact> List<T> facts(Class<T> kind) {
    return commits().stream()
        .flatMap(List::stream)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  @Override
  public CompletableFuture<Void> append(List<? extends Fact> facts, Runnable then) {
    var durable = new CompletableFuture<Void>();
    pending.incrementAndGet();
    thread.execute(() -> commit(List.copyOf(facts), then, durable));
    return durable;
  }

  private void commit(List<Fact> facts, Runnable then, CompletableFuture<Void> durable) {
    try {
      waiting().await();
      pending.decrementAndGet();
      show(store(facts));
      then.run();
      durable.complete(null);
    } catch (JournalUnavailable e) {
      durable.completeExceptionally(e);
      refusals.arrive();
    } catch (RuntimeException | InterruptedException e) {
      durable.completeExceptionally(e);
    }
  }

  private void show(List<Event> events) {
    try {
      if (!events.isEmpty()) {
        visible.accept(events);
      }
    } catch (RuntimeException e) {
      log.error("Events could not be handed over", e);
    }
  }

  private synchronized CountDownLatch waiting() {
    return gate;
  }

  private synchronized List<Event> store(List<Fact> facts) {
    if (facts.stream().anyMatch(refused)) {
      throw new JournalUnavailable("told to refuse", null);
    }
    var rowsBefore = new HashMap<>(rows);
    var keysBefore = new HashMap<>(keys);
    MemorySessions sessionsBefore = sessions.copy();
    var events = new ArrayList<Event>();
    for (Fact fact : facts) {
      if (!store(fact, events)) {
        rows.clear();
        rows.putAll(rowsBefore);
        keys.clear();
        keys.putAll(keysBefore);
        sessions = sessionsBefore;
        throw new Stale("refused: " + facts);
      }
    }
    facts.forEach(this::forget);
    commits.add(List.copyOf(facts));
    return events;
  }

  private boolean store(Fact fact, List<Event> events) {
    return switch (fact) {
      case MetaReplaced replaced when held(replaced.session()) -> false;
      case MetaReplaced replaced -> {
        sessions.replaceMeta(replaced);
        yield true;
      }
      case SessionRemoved(SessionId session) -> !held(session) && sessions.remove(session);
      case Finished finished -> storeOfJob(finished, events) && sessions.save(finished);
      case Fact.OfJob ofJob -> storeOfJob(ofJob, events);
      case Fact.OfJournal ofJournal -> {
        purged.after(ofJournal);
        yield true;
      }
    };
  }

  private boolean storeOfJob(Fact.OfJob fact, List<Event> events) {
    @Nullable MemoryJob before = rows.get(fact.id());
    @Nullable MemoryJob after = after(before, fact);
    if (after == null) {
      return false;
    }
    rows.put(fact.id(), after);
    int seen = before == null ? 0 : before.events().size();
    events.addAll(after.events().subList(seen, after.events().size()));
    return true;
  }

  private @Nullable MemoryJob after(@Nullable MemoryJob before, Fact.OfJob fact) {
    if (fact instanceof Accepted accepted) {
      lastSeq = Math.max(lastSeq, accepted.job().seq());
      return use(accepted.key(), accepted.id()) ? MemoryJob.accepted(accepted) : null;
    }
    return before == null ? null : before.after(fact);
  }

  /** Whether the key was free, or there is none. */
  private boolean use(@Nullable IdempotencyKey key, JobId job) {
    return key == null
        || keys.putIfAbsent(List.of(key.owner(), key.key()), new Use(key.fingerprint(), job))
            == null;
  }

  private boolean held(SessionId session) {
    return rows.values().stream().anyMatch(job -> job.holds(session));
  }

  private void forget(Fact fact) {
    if (fact instanceof Purged(JobId id)) {
      MemoryJob removed = Objects.requireNonNull(rows.remove(id));
      purged.add(id, removed.whole().job().submission().owner());
    }
  }

  @Override
  public synchronized void replay(Consumer<Unfinished> consumer) {
    rows.values().stream()
        .filter(job -> !job.status().finished())
        .map(MemoryJob::unfinished)
        .sorted(Comparator.comparingLong(Unfinished::seq))
        .forEach(consumer);
  }

  @Override
  public synchronized long lastSeq() {
    return rows.values().stream()
        .filter(job -> !job.status().finished())
        .mapToLong(job -> Job.seq(job.place()))
        .reduce(lastSeq, Math::max);
  }

  @Override
  public synchronized List<Event> after(JobId id, long after, int limit) {
    return Stream.ofNullable(rows.get(id))
        .flatMap(job -> job.keptEvents().stream())
        .filter(event -> event.number() > after)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Optional<JobRecord> find(JobId id) {
    return Optional.ofNullable(rows.get(id)).map(MemoryJob::whole);
  }

  @Override
  public synchronized List<JobRecord> findAll(List<JobId> ids) {
    return ids.stream()
        .flatMap(id -> Stream.ofNullable(rows.get(id)))
        .map(MemoryJob::summary)
        .toList();
  }

  @Override
  public synchronized List<JobRecord> page(Filter filter, long before, int limit) {
    return matching(filter)
        .filter(record -> record.job().seq() < before)
        .sorted(Comparator.comparingLong((JobRecord record) -> record.job().seq()).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<JobId> unfinished(Filter filter) {
    return matching(filter)
        .filter(record -> !record.status().finished())
        .sorted(Comparator.comparingLong(record -> record.job().seq()))
        .map(record -> record.job().id())
        .toList();
  }

  @Override
  public synchronized int countUnfinished(Filter filter) {
    return unfinished(filter).size();
  }

  @Override
  public synchronized List<Tally> tallies(Owner owner, Instant since) {
    return MemoryTallies.of(rows.values().stream().map(MemoryJob::summary).toList(), owner, since);
  }

  @Override
  public synchronized Optional<Owner> purged(JobId id) {
    return purged.owner(id);
  }

  /** What it keeps of jobs that have ended. */
  public synchronized Kept kept() {
    return new MemoryKept(this);
  }

  synchronized List<MemoryJob> rows() {
    return List.copyOf(rows.values());
  }

  synchronized MemoryTombstones tombstones() {
    return purged;
  }

  private Stream<JobRecord> matching(Filter filter) {
    return rows.values().stream().filter(job -> job.matches(filter)).map(MemoryJob::summary);
  }

  @Override
  public synchronized Optional<Use> find(Owner owner, String key) {
    return Optional.ofNullable(keys.get(List.of(owner, key)));
  }

  @Override
  public synchronized Optional<SavedSession> find(SessionId session) {
    return sessions.find(session);
  }

  @Override
  public synchronized List<Message> messages(SessionId session, long before, int limit) {
    return sessions.messages(session, before, limit);
  }

  @Override
  public synchronized List<SavedSession> page(Owner owner, long before, int limit) {
    return sessions.page(owner, before, limit);
  }

  @Override
  public void close() {
    release();
    thread.close();
  }
}
