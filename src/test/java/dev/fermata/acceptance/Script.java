package dev.fermata.acceptance;

import dev.fermata.job.Answer;
import dev.fermata.job.JobId;
import dev.fermata.job.Result;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Run;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.test.context.TestComponent;

/**
 * A handler that does what a test tells it to do for a text; any other text it only gives back. It
 * records when it began and ended each job.
 */
@TestComponent("script")
final class Script implements JobHandler {

  /** When the handler worked on a job, by {@link System#nanoTime}. */
  record Span(JobId id, long began, long ended) {}

  private final Map<String, JobHandler> scenes = new ConcurrentHashMap<>();
  private final List<Span> spans = new CopyOnWriteArrayList<>();

  @Override
  public Answer run(Run run) throws Exception {
    long began = System.nanoTime();
    try {
      return scenes.getOrDefault(run.input("text"), Script::echo).run(run);
    } finally {
      spans.add(new Span(run.job().id(), began, System.nanoTime()));
    }
  }

  private static Answer echo(Run run) {
    return answer(run.input("text"));
  }

  static Answer answer(String text) {
    return new Answer(Result.inline(Result.TEXT, text), null);
  }

  static Answer json(String text) {
    return new Answer(Result.inline(Result.JSON, text), null);
  }

  void on(String text, JobHandler scene) {
    scenes.put(text, scene);
  }

  /** Jobs with this text begin and then wait until the test lets them go. */
  Hold hold(String text) {
    var hold = new Hold(new CountDownLatch(1), new CountDownLatch(1));
    on(text, hold);
    return hold;
  }

  List<Span> spans() {
    return List.copyOf(spans);
  }

  void clear() {
    scenes.clear();
    spans.clear();
  }

  /** A job that is held open. */
  record Hold(CountDownLatch began, CountDownLatch mayEnd) implements JobHandler {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    @Override
    public Answer run(Run run) throws InterruptedException {
      began.countDown();
      if (!mayEnd.await(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("nobody let " + run.job().id() + " go");
      }
      return answer("let go");
    }

    void awaitBegin() {
      Eventually.holds(() -> began.getCount() == 0);
    }

    void release() {
      mayEnd.countDown();
    }
  }
}
