package dev.fermata.journal;

import dev.fermata.job.Answer;
import dev.fermata.job.CommitPolicy;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.OnDisconnect;
import dev.fermata.job.Outcome;
import dev.fermata.job.Owner;
import dev.fermata.job.Result;
import dev.fermata.job.SessionId;
import dev.fermata.job.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Jobs and ends to fill a journal with. */
public final class Sample {

  public static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123Z");

  private Sample() {}

  public static Submission submission(String kind, String lane) {
    var inputs = Map.of("query", "MKV\n\u2028 \ud83e\uddec ", "empty", "");
    return new Submission(kind, lane, inputs, Duration.ofMinutes(2), List.of("repaired"));
  }

  public static Job job(long seq) {
    return job(seq, "blastp", "default");
  }

  public static Job job(long seq, String kind, String lane) {
    return new Job(id(seq), seq, submission(kind, lane), NOON.plusMillis(seq));
  }

  /** A session of nobody's. */
  public static SessionId session(String name) {
    return new SessionId(Owner.NOBODY, name);
  }

  /** A job that works on a session of nobody's. */
  public static Job inSession(long seq, String session) {
    return inSession(seq, session(session));
  }

  /** A job that works on a session, of the same owner. */
  public static Job inSession(long seq, SessionId session) {
    var submission =
        new Submission(
            session.owner(),
            "chat",
            "default",
            session,
            Map.of("content", "hi"),
            null,
            CommitPolicy.DEFAULT,
            OnDisconnect.CONTINUE,
            List.of());
    return new Job(id(seq), seq, submission, NOON.plusMillis(seq));
  }

  public static JobId id(long seq) {
    return new JobId(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L + seq));
  }

  public static Finished succeeded(JobId id, int attempt) {
    var answer = new Answer(Result.inline(Result.TEXT, "hits: \u00e9 \ud83e\uddec"), 0);
    return finished(id, attempt, new Outcome.Succeeded(answer));
  }

  public static Finished finished(JobId id, int attempt, Outcome outcome) {
    return new Finished(
        id, attempt, NOON.plusSeconds(5), null, outcome, null, List.of("odd"), null);
  }
}
