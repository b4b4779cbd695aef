package dev.fermata.fuzz;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One client, whose every request follows from its seed, on a connection that it keeps alive. */
final class Client {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final int port;
  private final Grammar grammar;
  private final Random random;
  private final Known known = new Known();
  private @Nullable Connection kept;

  /** What went over that connection last, for people. */
  private String before = "";

  Client(int port, Grammar grammar, long seed) {
    this.port = port;
    this.grammar = grammar;
    this.random = new Random(seed);
  }

  /** Sends so many requests, and holds what comes back to the law. */
  void run(int requests, Law law, Findings findings) throws IOException {
    for (int i = 0; i < requests; i++) {
      Sent sent = next();
      Heard heard = sent.lawful() ? exchange(sent) : alone(sent);
      heard.received().ifPresent(known::learn);
      findings.count(heard);
      law.complaints(sent, heard).forEach(complaint -> findings.add(complaint, sent, heard));
    }
    forget();
  }

  private Sent next() {
    if (random.nextInt(25) == 0) {
      return Sent.garbage(grammar.text("garbage", known, random));
    }
    String exchange = grammar.text("exchange", known, random);
    return Sent.exchange(random.nextInt(8) == 0 ? Mutation.of(exchange, random) : exchange);
  }

  private Heard exchange(Sent sent) throws IOException {
    boolean leaves = sent.mayStay() && (random.nextInt(8) > 0 || sent.mayStayForEver());
    Duration patience = leaves ? Duration.ofMillis(1L << random.nextInt(9)) : PATIENCE;
    Connection connection = kept == null ? new Connection(port) : kept;
    kept = connection;
    try {
      connection.send(sent.bytes());
      Received answer = connection.read(sent.isHead(), patience);
      before = sent.shown() + "\n-- to which it heard\n" + answer.shown();
      if (answer.closes()) {
        forget();
      }
      return new Heard.Answered(answer);
    } catch (SocketTimeoutException e) {
      leave(connection);
      return leaves ? new Heard.Left() : new Heard.Hung();
    } catch (Connection.Broken e) {
      forget();
      return new Heard.Cut(e.part());
    } catch (EOFException | SocketException e) {
      var silence = new Heard.Silence(before);
      forget();
      return silence;
    }
  }

  private void leave(Connection connection) throws IOException {
    if (random.nextBoolean()) {
      connection.reset();
    }
    forget();
  }

  private void forget() throws IOException {
    if (kept != null) {
      kept.close();
      kept = null;
      before = "";
    }
  }

  /** Says all at once that nothing more will come, so that nobody may wait for it. */
  private Heard alone(Sent sent) throws IOException {
    try (var connection = new Connection(port)) {
      Heard heard = new Heard.Silence("");
      try {
        connection.send(sent.bytes());
        connection.sendNoMore();
        while (true) { // until the server closes too
          heard = new Heard.Answered(connection.read(sent.isHead(), PATIENCE));
        }
      } catch (SocketTimeoutException e) {
        return new Heard.Hung();
      } catch (Connection.Broken e) {
        return sent.isHead() ? heard : new Heard.Cut(e.part());
      } catch (EOFException | SocketException e) {
        return heard;
      }
    }
  }
}
