package dev.fermata.scope;

/** Work that goes on beside requests and jobs, for as long as its scope is open. */
@FunctionalInterface
public interface BackgroundTask {

  /** Works on a thread of its own; an interrupt says that the scope closes. */
  void run() throws Exception;
}
