package dev.fermata.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;

/** Holds a server that has come to rest to all that its clients were told, job by job. */
final class Audit {

  /** What an audit does with one job. */
  private interface ForJob {
    void accept(String id) throws IOException;
  }

  private static final int AT_A_TIME = 4;

  private final Home home;
  private final Client client;
  private final Ledger ledger;
  private final Findings findings;

  Audit(Home home, Client client, Ledger ledger, Findings findings) {
    this.home = home;
    this.client = client;
    this.ledger = ledger;
    this.findings = findings;
  }

  /** Waits until all jobs have ended, and returns them once they are checked. */
  List<Account> verify() throws IOException {
    Eventually.holds("the backlog is empty", this::atRest);
    List<Account> jobs = new CopyOnWriteArrayList<>();
    var ends = new EndsCheck(ledger, findings);
    var files = new FilesCheck(client, findings);
    forEach(
        ids(),
        id -> {
          Account job = Account.of(client, id);
          ends.of(job);
          files.of(job);
          jobs.add(job);
        });
    new PresenceCheck(ledger, findings).of(jobs);
    new OrderCheck(ledger, findings).of(jobs, home.trace());
    new SessionCheck(client, findings).of(jobs);
    watches(jobs);
    return jobs;
  }

  /** Those that would not end are cancelled as long as there are any. */
  private boolean atRest() throws IOException {
    client.post("/jobs/cancel?kind=endless", "");
    return client.get("/backlog?limit=1").json().at("/length").asInt() == 0;
  }

  private List<String> ids() throws IOException {
    return client.jobs("/jobs?limit=500").stream().map(job -> job.at("/id").asString()).toList();
  }

  /** All that was told on a stream, over however many connections, is what the journal holds. */
  private void watches(List<Account> jobs) throws IOException {
    for (Watch watch : ledger.watches()) {
      if (!watch.over()) {
        watch.follow(client, findings);
      }
      List<JsonNode> told = watch.told().stream().map(Watch.Told::data).toList();
      jobs.stream()
          .filter(job -> job.id().equals(watch.id()))
          .forEach(
              job ->
                  findings.require(
                      told.equals(job.events().stream().map(it -> it.at("/data")).toList()),
                      Check.WATCH,
                      watch.id(),
                      "a watcher saw " + told));
    }
  }

  /** Removes all of it, so that the next audit looks at what is new. */
  void forget(List<Account> jobs) throws IOException {
    forEach(
        jobs.stream().map(Account::id).toList(),
        id -> {
          Reply reply = client.delete("/jobs/" + id + "?purge=true");
          findings.require(reply.status() == 204, Check.ANSWER, id, "purge: " + reply);
        });
    for (JsonNode session : client.get("/sessions?limit=500").json().at("/sessions").values()) {
      client.delete("/sessions/" + session.at("/id").asString());
    }
    home.forgetTrace();
    ledger.clear();
  }

  /** What was removed stays removed. */
  void gone(List<Account> jobs) throws IOException {
    for (Account job : jobs) {
      Reply reply = client.get("/jobs/" + job.id());
      findings.require(reply.status() == 410, Check.LOST, job.id(), "purged, and " + reply);
    }
  }

  private static void forEach(List<String> ids, ForJob action) throws IOException {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
      var done = new ArrayList<Future<?>>();
      for (String id : ids) {
        done.add(
            threads.submit(
                () -> {
                  action.accept(id);
                  return id;
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException("nobody interrupts an audit", e));
    }
  }
}
