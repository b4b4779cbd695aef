package dev.fermata.job;

/** What is saved of a session when its job ends otherwise than by success. */
public record CommitPolicy(Turn onCancel, Turn onFailure) {

  /** What becomes of what the job did to its session. */
  public enum Turn {
    KEEP,
    DISCARD
  }

  /** What a server does that was told nothing. */
  public static final CommitPolicy DEFAULT = new CommitPolicy(Turn.KEEP, Turn.DISCARD);

  /** Whether the change of a job that ended so is saved. */
  public boolean saves(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded success -> true;
      case Outcome.Cancelled cancelled -> onCancel == Turn.KEEP;
      case Outcome.Failed failed -> onFailure == Turn.KEEP;
      case Outcome.TimedOut timedOut -> onFailure == Turn.KEEP;
      case Outcome.Lost lost -> false;
    };
  }
}
