package dev.fermata.scope;

/**
 * What a deployer wants open for as long as the server lives: a database, a cache, the client of a
 * model, a task in the background. Opened in declared order before the first job and the first
 * request, closed newest first after the last.
 */
@FunctionalInterface
public interface ApplicationResource {

  /**
   * Opens it: what is held, bound or supervised in the application's scope closes with it.
   *
   * @throws Exception when it can't be opened; the server does not start then
   */
  void open(Scope application) throws Exception;
}
