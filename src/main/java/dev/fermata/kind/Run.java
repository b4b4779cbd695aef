package dev.fermata.kind;

import dev.fermata.job.Job;
import dev.fermata.job.ProcessGroup;
import dev.fermata.job.Progress;
import dev.fermata.session.Session;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

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

  /** The session that the job works on; null when it works on none. */
  @Nullable Session session();

  /**
   * Gives out a piece of text, which watchers see once it is durable. Waits for the disk when too
   * much is on its way there; an interrupt does not cut that short and stays pending. From any
   * thread, until the handler has returned.
   *
   * @param stream which of the job's streams: {@code stdout}, {@code stderr}, {@code reply}
   */
  void chunk(String stream, String text);

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
