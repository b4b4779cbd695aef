package dev.fermata.lane;

import dev.fermata.job.Answer;
import dev.fermata.job.JobId;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Run;
import dev.fermata.session.Session;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Says its number to the session, and then works until it is let go. */
final class HeldTurns implements JobHandler {

  private final Map<JobId, CountDownLatch> gates = new ConcurrentHashMap<>();
  private final Set<JobId> begun = ConcurrentHashMap.newKeySet();

  @Override
  public Answer run(Run run) throws Exception {
    Session session = run.session();
    if (session != null) {
      session.append("user", "turn " + run.job().seq());
    }
    begun.add(run.job().id());
    gate(run.job().id()).await();
    return Workshop.DONE;
  }

  void awaitBegun(JobId id) {
    Workshop.awaitTrue(() -> begun.contains(id));
  }

  boolean begun(JobId id) {
    return begun.contains(id);
  }

  void letGo(JobId id) {
    gate(id).countDown();
  }

  private CountDownLatch gate(JobId id) {
    return gates.computeIfAbsent(id, each -> new CountDownLatch(1));
  }
}
