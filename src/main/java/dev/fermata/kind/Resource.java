package dev.fermata.kind;

/**
 * Something that is open for every job: opened on the worker before the handler, in the declared
 * order of all resources, and closed after it, newest first.
 */
@FunctionalInterface
public interface Resource {

  /** Opens it for one attempt at a job; what is returned belongs to the job's scope. */
  AutoCloseable open(Run run) throws Exception;
}
