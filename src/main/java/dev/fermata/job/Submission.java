package dev.fermata.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A valid query that is not accepted yet.
 *
 * @param owner who sent it
 * @param session the state that it works on, of the same owner; null for none
 * @param inputs every declared input by name, in declared order, checked and repaired
 * @param timeout how long the handler may run; null for no limit
 * @param maxAttempts how many attempts may fail or time out, at least 1: the last of them is its
 *     end
 * @param notBefore when it may stand in line; null for at once
 * @param traceparent the trace that its client follows it by; null for none
 * @param warnings what was repaired or looks odd in the inputs, for people
 */
public record Submission(
    Owner owner,
    String kind,
    String lane,
    @Nullable SessionId session,
    Map<String, String> inputs,
    @Nullable Duration timeout,
    CommitPolicy policy,
    OnDisconnect onDisconnect,
    int maxAttempts,
    @Nullable Instant notBefore,
    @Nullable Traceparent traceparent,
    List<String> warnings) {

  public Submission {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    warnings = List.copyOf(warnings);
  }

  /** In no trace. */
  public Submission(
      Owner owner,
      String kind,
      String lane,
      @Nullable SessionId session,
      Map<String, String> inputs,
      @Nullable Duration timeout,
      CommitPolicy policy,
      OnDisconnect onDisconnect,
      int maxAttempts,
      @Nullable Instant notBefore,
      List<String> warnings) {
    this(
        owner,
        kind,
        lane,
        session,
        inputs,
        timeout,
        policy,
        onDisconnect,
        maxAttempts,
        notBefore,
        null,
        warnings);
  }

  /** With one attempt, at once. */
  public Submission(
      Owner owner,
      String kind,
      String lane,
      @Nullable SessionId session,
      Map<String, String> inputs,
      @Nullable Duration timeout,
      CommitPolicy policy,
      OnDisconnect onDisconnect,
      List<String> warnings) {
    this(owner, kind, lane, session, inputs, timeout, policy, onDisconnect, 1, null, warnings);
  }

  /** Nobody's, on no session, and going on when its clients have gone. */
  public Submission(
      String kind,
      String lane,
      Map<String, String> inputs,
      @Nullable Duration timeout,
      List<String> warnings) {
    this(
        Owner.NOBODY,
        kind,
        lane,
        null,
        inputs,
        timeout,
        CommitPolicy.DEFAULT,
        OnDisconnect.CONTINUE,
        warnings);
  }

  /** Without what can be long. */
  public Submission withoutInputs() {
    return new Submission(
        owner,
        kind,
        lane,
        session,
        Map.of(),
        timeout,
        policy,
        onDisconnect,
        maxAttempts,
        notBefore,
        traceparent,
        warnings);
  }
}
