package dev.fermata.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Clients that do what they do again and again, from the start of a server until it dies. */
final class Load implements AutoCloseable {

  /** One thing that a client does. */
  interface Act {
    void on(Client client, Random random) throws IOException;
  }

  /**
   * One client.
   *
   * @param times how often it acts while one server lives
   * @param pause the longest time between
   */
  record Role(Act act, int times, Duration pause) {}

  private static final Duration TRY_AGAIN = Duration.ofMillis(5);

  private final Client client;
  private final Findings findings;
  private final AtomicBoolean over = new AtomicBoolean();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

  Load(Client client, Findings findings) {
    this.client = client;
    this.findings = findings;
  }

  void begin(List<Role> roles, long seed) {
    for (int n = 0; n < roles.size(); n++) {
      Role role = roles.get(n);
      var random = new Random(31 * seed + n);
      clients.execute(() -> play(role, random));
    }
  }

  private void play(Role role, Random random) {
    try {
      for (int left = role.times(); left > 0 && !over.get(); ) {
        if (acted(role.act(), random)) {
          left--;
          LockSupport.parkNanos((long) (random.nextDouble() * role.pause().toNanos()));
        }
      }
    } catch (RuntimeException | Error e) {
      findings.add(Check.ANSWER, "client", "it could not make sense of an answer: " + e);
    }
  }

  /** A server that is not there yet, or no longer, is what this is about. */
  private boolean acted(Act act, Random random) {
    try {
      act.on(client, random);
      return true;
    } catch (IOException e) {
      LockSupport.parkNanos(TRY_AGAIN.toNanos());
      return false;
    }
  }

  /** The server is about to die: nobody begins anything new. */
  void over() {
    over.set(true);
  }

  /** Returns when every client has seen that it is dead. */
  @Override
  public void close() {
    over();
    clients.close();
  }
}
