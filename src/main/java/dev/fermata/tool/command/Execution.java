package dev.fermata.tool.command;

import dev.fermata.job.Reason;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Takes a launched program to its end, and to that of everything that it started.
 *
 * @param tooMuch whether the program has written more than it may
 */
record Execution(Run run, BooleanSupplier tooMuch, Duration killGrace) {

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);

  /** How many times longer than a look the pause after it is, however large the directory. */
  private static final int PAUSE_PER_LOOK = 10;

  /** How a program came to its end. */
  private enum Ending {
    EXITED,
    WROTE_TOO_MUCH,
    STOPPED
  }

  /**
   * Lets it run; returns its return code when nothing of it is alive.
   *
   * @throws JobFailed when a stop was delivered, to say the return code
   */
  int of(Program program) throws IOException, JobFailed {
    Ending ending;
    int left;
    try {
      ending = await(program);
    } finally {
      left = program.end(killGrace);
    }
    int returnCode = program.returnCode();
    if (ending == Ending.STOPPED) {
      throw new JobFailed(Reason.EXIT_CODE, ReturnCode.inWords(returnCode), returnCode);
    }
    if (ending == Ending.EXITED && left > 0) {
      run.warn("The program left " + left + " process(es) running behind it; they were ended.");
    }
    return returnCode;
  }

  private Ending await(Program program) throws IOException {
    try {
      run.spawned(program.group());
      // From its exit on no stop is delivered, whatever this thread is busy with at that moment.
      program.whenExited(run::settle);
      program.go();
      Ending ending = watched(program);
      return run.settle() ? ending : Ending.STOPPED;
    } catch (InterruptedException e) {
      return Ending.STOPPED;
    }
  }

  private Ending watched(Program program) throws InterruptedException {
    Duration pause = SHORTEST_PAUSE;
    while (!program.exits(pause)) {
      long start = System.nanoTime();
      if (tooMuch.getAsBoolean()) {
        return Ending.WROTE_TOO_MUCH;
      }
      pause = pauseAfter(Duration.ofNanos(System.nanoTime() - start));
    }
    return Ending.EXITED;
  }

  /** How long nobody looks after a look that took so long. */
  static Duration pauseAfter(Duration look) {
    Duration pause = look.multipliedBy(PAUSE_PER_LOOK);
    return pause.compareTo(SHORTEST_PAUSE) > 0 ? pause : SHORTEST_PAUSE;
  }
}
