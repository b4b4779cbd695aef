package dev.fermata.promises;

import dev.fermata.promises.Seen.Entry.Started;
import java.util.stream.Stream;

/** Who may start, and who may be open beside whom. */
final class Order {

  private Order() {}

  static boolean mayStart(Known known, Started start) {
    KnownJob job = known.job(start.job());
    Stream<KnownJob> waiting = known.waiting(job.query().lane());
    Stream<KnownJob> before =
        known.rules().workers(job.query().lane()) == 1
            ? waiting
            : waiting.filter(it -> it.equals(job) || it.query().sharesSessionWith(job.query()));
    return before.findFirst().filter(job::equals).isPresent();
  }

  static boolean hasWorker(Known known, Started start) {
    return fits(known, known.running(), known.job(start.job()));
  }

  static boolean hasRoom(Known known, Seen.Opened opened) {
    return fits(known, known.open(), known.job(opened.job()));
  }

  private static boolean fits(Known known, Stream<KnownJob> others, KnownJob job) {
    String lane = job.query().lane();
    long busy = others.filter(it -> it.query().lane().equals(lane)).count();
    return busy < known.rules().workers(lane);
  }

  static boolean sessionFree(Stream<KnownJob> others, KnownJob job) {
    return others.noneMatch(it -> it.query().sharesSessionWith(job.query()));
  }
}
