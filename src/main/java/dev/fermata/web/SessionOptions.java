package dev.fermata.web;

import dev.fermata.job.CommitPolicy;
import dev.fermata.job.CommitPolicy.Turn;
import dev.fermata.job.Owner;
import dev.fermata.job.SessionId;
import dev.fermata.lane.OnBusy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a submission asks for that is about its session.
 *
 * @param id null for none
 */
record SessionOptions(@Nullable SessionId id, OnBusy onBusy, CommitPolicy policy) {

  static SessionOptions of(Map<String, String> given, CommitPolicy usual, Owner owner) {
    @Nullable SessionId id =
        Options.of(given, "session").map(it -> SessionIds.option(it, owner)).orElse(null);
    if (id == null) {
      refuseWithoutSession(given);
    }
    return new SessionOptions(
        id,
        Names.word(given, "onBusy", OnBusy.class).orElse(OnBusy.ENQUEUE),
        new CommitPolicy(
            Names.word(given, "onCancel", Turn.class).orElse(usual.onCancel()),
            Names.word(given, "onFailure", Turn.class).orElse(usual.onFailure())));
  }

  /** Accepted, they would be ignored. */
  private static void refuseWithoutSession(Map<String, String> given) {
    for (String name : List.of("onBusy", "onCancel", "onFailure")) {
      if (given.containsKey(name)) {
        throw QueryString.invalid(
            name, "It says what becomes of a session, and none is named: add session.");
      }
    }
  }
}
