package dev.fermata.kind;

import dev.fermata.job.Job;
import dev.fermata.job.ProcessGroup;
import dev.fermata.job.Progress;
import java.nio.file.Path;

/** One attempt at a job, as its handler and its resources see it. */
public interface Run {

  Job job();

  /** Counts the starts of this job, from 1. */
  int attempt();

  /** The experiment directory: empty at the start of each attempt. */
  Path directory();

  /** The value of a declared input; the empty string when it is optional and was not given. */
  default String input(String name) {
    return job().submission().inputs().getOrDefault(name, "");
  }

  /** Tells watchers how far the work has come. Cheap enough to call often, from any thread. */
  void progress(Progress progress);

  /** Leaves a remark for people in the job document. */
  void warn(String warning);

  /**
   * Makes a process group durable, so that it is ended even if the server is killed; returns when
   * it is on disk. Call it before the program begins its work.
   */
  void spawned(ProcessGroup group);

  /**
   * Says that the work has ended by itself: from now on no stop is delivered.
   *
   * @return false when a stop was delivered before: then the stop is the job's outcome
   */
  boolean settle();
}
