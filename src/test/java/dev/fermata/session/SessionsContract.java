package dev.fermata.session;

import static dev.fermata.journal.Sample.NOON;
import static dev.fermata.journal.Sample.inSession;
import static dev.fermata.journal.Sample.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.HandedBack;
import dev.fermata.job.Fact.MetaReplaced;
import dev.fermata.job.Fact.SessionRemoved;
import dev.fermata.job.Job;
import dev.fermata.job.Outcome;
import dev.fermata.job.Owner;
import dev.fermata.job.Reason;
import dev.fermata.job.SessionChange;
import dev.fermata.job.SessionChange.Appended;
import dev.fermata.job.SessionId;
import dev.fermata.job.Status;
import dev.fermata.journal.StorageContract;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What jobs and clients make of sessions, wherever they are stored. */
public abstract class SessionsContract extends StorageContract {

  private static final Outcome DONE = new Outcome.Succeeded(new Answer(null, null));
  private static final Instant END = NOON.plusSeconds(5);

  private static final SessionId TALK = session("talk");

  private final Job first = inSession(1, "talk");
  private final Job second = inSession(2, "talk");

  @Test
  void sessionIsMadeByItsFirstSave() {
    assertThat(sessions().find(TALK)).isEmpty();
    assertThat(messages()).isEmpty();
    run(first);
    assertThat(sessions().find(TALK)).as("while the job runs").isEmpty();

    store(finished(first, 1, DONE, change(0, null, "one", "two", "three")));

    assertThat(saved()).isEqualTo(new SavedSession(1, TALK, "{}", 1, 3, END, END));
    assertThat(messages())
        .containsExactly(
            message(0, "one", first, Status.SUCCEEDED),
            message(1, "two", first, Status.SUCCEEDED),
            message(2, "three", first, Status.SUCCEEDED));
  }

  @Test
  void laterSavesGoOnFromWhatIsThere() {
    turn(first, change(0, "{\"a\":1}", "one"));
    run(second);
    var kept = new Outcome.Cancelled(Reason.CLIENT_REQUEST, null);

    store(finished(second, 1, kept, change(1, null, "two", "thr")));

    assertThat(saved()).isEqualTo(new SavedSession(1, TALK, "{\"a\":1}", 2, 3, END, END));
    assertThat(messages())
        .containsExactly(
            message(0, "one", first, Status.SUCCEEDED),
            message(1, "two", second, Status.CANCELLED),
            message(2, "thr", second, Status.CANCELLED));
  }

  @Test
  void metadataAloneIsASaveToo() {
    turn(first, change(0, "{\"a\":1}"));
    turn(second, change(1, "{}"));

    assertThat(saved()).isEqualTo(new SavedSession(1, TALK, "{}", 2, 0, END, END));
  }

  @Test
  void endWithoutAChangeLeavesTheSessionAsItWas() {
    turn(first, change(0, "{\"a\":1}", "one"));
    SavedSession before = saved();
    List<Message> messages = messages();

    turn(second, null);

    assertThat(saved()).isEqualTo(before);
    assertThat(messages()).isEqualTo(messages);
  }

  @Test
  void saveOnAnotherVersionThanTheOneFoundIsRefusedWhole() {
    run(first);
    assertStale(finished(first, 1, DONE, change(1, "{}", "no such session")));
    assertThat(sessions().find(TALK)).isEmpty();
    store(finished(first, 1, DONE, change(0, null, "one")));
    run(second);
    shown.clear();

    for (long version : new long[] {0, 2}) {
      assertStale(finished(second, 1, DONE, change(version, "{\"a\":1}", "two")));
    }

    assertThat(saved()).isEqualTo(new SavedSession(1, TALK, "{}", 1, 1, END, END));
    assertThat(messages()).containsExactly(message(0, "one", first, Status.SUCCEEDED));
    assertThat(find(second).status()).isEqualTo(Status.RUNNING);
    assertThat(find(second).lastEvent()).isEqualTo(2);
    assertThat(shown).isEmpty();
    store(finished(second, 1, DONE, change(1, null, "two")));
    assertThat(saved().version()).isEqualTo(2);
  }

  @Test
  void saveOfAnOlderAttemptIsRefused() {
    run(first);
    store(new HandedBack(first.id(), 1, NOON), started(first, 2));

    assertStale(finished(first, 1, DONE, change(0, null, "late")));

    assertThat(sessions().find(TALK)).isEmpty();
    store(finished(first, 2, DONE, change(0, null, "right")));
    assertThat(messages()).extracting(Message::content).containsExactly("right");
  }

  @Test
  void refusedSaveTakesTheNextStartWithIt() {
    run(first);
    store(new Accepted(second));

    assertStale(finished(first, 1, DONE, change(7, null, "one")), started(second, 1));

    assertThat(find(first).status()).isEqualTo(Status.RUNNING);
    assertThat(find(second).status()).isEqualTo(Status.QUEUED);
  }

  @Test
  void anyTextComesBackAsItWas() {
    String text = "\u0000 \u0001 \r\n \u2028 \u20ac \ud83e\uddec";
    turn(first, change(0, "{\"a\":\"\u20ac\"}", text, ""));

    assertThat(messages()).extracting(Message::content).containsExactly(text, "");
    assertThat(saved().meta()).isEqualTo("{\"a\":\"\u20ac\"}");
  }

  @Test
  void halfASurrogatePairBreaksNothing() {
    turn(first, change(0, null, "half \ud83e", "whole"));

    assertThat(messages()).hasSize(2);
    assertThat(messages().getFirst().content()).startsWith("half ");
  }

  @Test
  void clientMakesASessionAndReplacesItsMetadata() {
    store(new MetaReplaced(TALK, "{\"a\":1}", NOON));
    assertThat(saved()).isEqualTo(new SavedSession(1, TALK, "{\"a\":1}", 1, 0, NOON, NOON));

    turn(first, change(1, null, "one"));
    store(new MetaReplaced(TALK, "{\"b\":2}", END.plusSeconds(1)));

    assertThat(saved())
        .isEqualTo(new SavedSession(1, TALK, "{\"b\":2}", 3, 1, NOON, END.plusSeconds(1)));
    assertThat(messages()).hasSize(1);
  }

  @Test
  void clientChangesNothingWhileAJobHasTheSession() {
    turn(first, change(0, null, "one"));
    SavedSession before = saved();
    store(new Accepted(second), new Accepted(inSession(3, "other")));

    assertStale(new MetaReplaced(TALK, "{\"a\":1}", NOON));
    assertStale(new SessionRemoved(TALK));
    assertStale(new MetaReplaced(session("other"), "{}", NOON));
    store(started(second, 1));
    assertStale(new MetaReplaced(TALK, "{\"a\":1}", NOON));
    assertStale(new SessionRemoved(TALK));
    assertThat(saved()).isEqualTo(before);

    store(finished(second, 1, DONE, null));
    store(new MetaReplaced(TALK, "{\"a\":1}", NOON));
    assertThat(saved().meta()).isEqualTo("{\"a\":1}");
  }

  @Test
  void removedSessionIsGoneAndItsNumberIsNeverUsedAgain() {
    assertStale(new SessionRemoved(TALK));
    turn(first, change(0, null, "one"));

    store(new SessionRemoved(TALK));

    assertThat(sessions().find(TALK)).isEmpty();
    assertThat(messages()).isEmpty();
    assertThat(find(first).status()).isEqualTo(Status.SUCCEEDED);
    turn(second, change(0, null, "two"));
    assertThat(saved()).isEqualTo(new SavedSession(2, TALK, "{}", 1, 1, END, END));
    assertThat(messages()).containsExactly(message(0, "two", second, Status.SUCCEEDED));
  }

  @Test
  void messagesArePagedFromTheNewestAndReadFromTheOldest() {
    turn(first, change(0, null, "0", "1", "2", "3", "4"));

    assertThat(sessions().messages(TALK, Long.MAX_VALUE, 2))
        .extracting(Message::content)
        .containsExactly("3", "4");
    assertThat(sessions().messages(TALK, 3, 2))
        .extracting(Message::content)
        .containsExactly("1", "2");
    assertThat(sessions().messages(TALK, 0, 2)).isEmpty();
    assertThat(sessions().messages(session("other"), Long.MAX_VALUE, 2)).isEmpty();
  }

  @Test
  void sessionsArePagedFromTheOneMadeLast() {
    for (String id : List.of("c", "a", "b")) {
      store(new MetaReplaced(session(id), "{}", NOON));
    }
    store(new MetaReplaced(session("c"), "{\"a\":1}", END));

    assertThat(sessions().page(Owner.NOBODY, Long.MAX_VALUE, 2))
        .extracting(SavedSession::id)
        .containsExactly(session("b"), session("a"));
    assertThat(sessions().page(Owner.NOBODY, 2, 10))
        .extracting(SavedSession::id)
        .containsExactly(session("c"));
    assertThat(sessions().page(Owner.NOBODY, 1, 10)).isEmpty();
  }

  private void run(Job job) {
    store(new Accepted(job), started(job, 1));
  }

  private void turn(Job job, @Nullable SessionChange change) {
    run(job);
    store(finished(job, 1, DONE, change));
  }

  @Test
  void sessionsOfTwoOwnersThatHaveTheSameNameAreTwo() {
    var hers = new SessionId(new Owner("alice"), "talk");
    turn(first, change(0, null, "nobody's"));
    store(new MetaReplaced(hers, "{\"a\":1}", NOON));
    store(new Accepted(inSession(3, hers)));
    turn(second, change(1, null, "goes on"));

    assertStale(new SessionRemoved(hers));
    assertThat(sessions().find(hers).orElseThrow())
        .isEqualTo(new SavedSession(2, hers, "{\"a\":1}", 1, 0, NOON, NOON));
    assertThat(sessions().messages(hers, Long.MAX_VALUE, 10)).isEmpty();
    assertThat(messages()).extracting(Message::content).containsExactly("nobody's", "goes on");
    assertThat(sessions().page(hers.owner(), Long.MAX_VALUE, 10))
        .extracting(SavedSession::id)
        .containsExactly(hers);
    assertThat(sessions().page(Owner.NOBODY, Long.MAX_VALUE, 10))
        .extracting(SavedSession::id)
        .containsExactly(TALK);
  }

  private SavedSession saved() {
    return sessions().find(TALK).orElseThrow();
  }

  private List<Message> messages() {
    return sessions().messages(TALK, Long.MAX_VALUE, 100);
  }

  private static SessionChange change(long version, @Nullable String meta, String... contents) {
    List<Appended> appended =
        Arrays.stream(contents).map(content -> new Appended("user", content, NOON)).toList();
    return new SessionChange(TALK, version, meta, appended);
  }

  private static Finished finished(
      Job job, int attempt, Outcome outcome, @Nullable SessionChange change) {
    return new Finished(job.id(), attempt, END, null, outcome, null, List.of(), change);
  }

  private static Message message(long index, String content, Job job, Status outcome) {
    return new Message(index, "user", content, NOON, job.id(), outcome);
  }
}
