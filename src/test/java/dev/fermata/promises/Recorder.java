package dev.fermata.promises;

import dev.fermata.job.CommitPolicy;
import dev.fermata.job.Event;
import dev.fermata.job.Fact;
import dev.fermata.job.Job;
import dev.fermata.job.Owner;
import dev.fermata.job.SessionChange;
import dev.fermata.job.Status;
import dev.fermata.job.Submission;
import dev.fermata.journal.Events;
import dev.fermata.journal.Jobs;
import dev.fermata.journal.Journal;
import dev.fermata.journal.Unfinished;
import dev.fermata.kind.Resource;
import dev.fermata.kind.Run;
import dev.fermata.promises.Seen.Entry;
import dev.fermata.session.Message;
import dev.fermata.session.SavedSession;
import dev.fermata.session.Sessions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what is seen of a real server, for {@link History#check}. It stands before the
 * journal, where it sees every commit, and is a resource of every job, where it sees every scope.
 * Safe for use by many threads.
 */
public final class Recorder implements Journal, Resource {

  private final Journal journal;
  private final List<Seen> seen = new ArrayList<>();

  public Recorder(Journal journal) {
    this.journal = journal;
  }

  /** Somebody saw something: each sees what is true of the moment when it is called. */
  public synchronized void saw(Seen what) {
    seen.add(what);
  }

  public synchronized History history(Rules rules) {
    return new History(rules, seen);
  }

  @Override
  public CompletableFuture<Void> append(List<? extends Fact> facts, Runnable then) {
    return journal.append(
        facts,
        () -> {
          saw(new Seen.Commit(facts.stream().flatMap(Recorder::entries).toList()));
          then.run();
        });
  }

  @Override
  public void replay(Consumer<Unfinished> consumer) {
    journal.replay(consumer);
  }

  @Override
  public long lastSeq() {
    return journal.lastSeq();
  }

  @Override
  public AutoCloseable open(Run run) {
    String job = run.job().id().toString();
    saw(new Seen.Opened(job, run.attempt()));
    return () -> saw(new Seen.Closed(job, run.attempt()));
  }

  /** All is at rest: what readers find now. */
  public void rest(Jobs jobs, Events events, Sessions sessions) {
    var all = new Jobs.Filter(Set.of(), null, null, null, null);
    jobs.page(all, Long.MAX_VALUE, Integer.MAX_VALUE).reversed().stream()
        .flatMap(job -> events.after(job.job().id(), 0, Integer.MAX_VALUE).stream())
        .forEach(event -> saw(shown(event, jobs)));
    Map<String, Seen.Found> found =
        sessions.page(Owner.NOBODY, Long.MAX_VALUE, Integer.MAX_VALUE).stream()
            .collect(
                Collectors.toMap(
                    session -> session.id().name(), session -> found(session, sessions)));
    saw(new Seen.Rest(found));
  }

  private static Seen shown(Event event, Jobs jobs) {
    @Nullable Status status =
        switch (event.what()) {
          case Event.StatusChanged changed -> changed.status();
          case Event.Ended ended -> jobs.find(event.job()).orElseThrow().status();
          case Event.Progressed progressed -> null;
          case Event.Chunk chunk -> null;
        };
    return new Seen.Shown(event.job().toString(), event.number(), status);
  }

  private static Seen.Found found(SavedSession session, Sessions sessions) {
    var jobs = new LinkedHashSet<String>();
    for (Message message : sessions.messages(session.id(), Long.MAX_VALUE, Integer.MAX_VALUE)) {
      jobs.add(message.job().toString());
    }
    return new Seen.Found(session.version(), List.copyOf(jobs));
  }

  private static Stream<Entry> entries(Fact fact) {
    return switch (fact) {
      case Fact.Accepted(Job job, var place, var key) -> Stream.of(new Entry.Accepted(query(job)));
      case Fact.Started(var id, int attempt, var at) ->
          Stream.of(new Entry.Started(id.toString(), attempt));
      case Fact.CancelAsked(var id, var reason, var at) ->
          Stream.of(new Entry.CancelAsked(id.toString()));
      case Fact.HandedBack(var id, int attempt, var at) ->
          Stream.of(new Entry.HandedBack(id.toString(), attempt));
      case Fact.Crashed(var id, int attempt, var at) ->
          Stream.of(new Entry.Crashed(id.toString(), attempt));
      case Fact.Retried retried ->
          Stream.of(new Entry.BackedOff(retried.id().toString(), retried.attempt()));
      case Fact.Joined(var id, var place) -> Stream.of(new Entry.Due(id.toString()));
      case Fact.Finished finished -> Stream.concat(Stream.of(ended(finished)), saved(finished));
      case Fact.Spawned spawned -> Stream.empty();
      case Fact.Reported reported -> Stream.empty();
      case Fact.Purged purged -> Stream.empty();
      case Fact.OfEnded ofEnded -> Stream.empty();
      case Fact.OfJournal ofJournal -> Stream.empty();
      case Fact.MetaReplaced replaced -> Stream.empty();
      case Fact.SessionRemoved removed -> Stream.empty();
    };
  }

  private static Query query(Job job) {
    Submission submission = job.submission();
    CommitPolicy policy = submission.policy();
    return new Query(
        job.id().toString(),
        submission.lane(),
        submission.session() == null ? null : submission.session().name(),
        policy.onCancel() == CommitPolicy.Turn.KEEP,
        policy.onFailure() == CommitPolicy.Turn.KEEP,
        submission.maxAttempts(),
        submission.notBefore() != null);
  }

  private static Entry ended(Fact.Finished fact) {
    return new Entry.Ended(fact.id().toString(), fact.attempt(), fact.outcome().status());
  }

  private static Stream<Entry> saved(Fact.Finished fact) {
    @Nullable SessionChange change = fact.change();
    return change == null
        ? Stream.empty()
        : Stream.of(
            new Entry.Saved(fact.id().toString(), change.session().name(), change.version() + 1));
  }
}
