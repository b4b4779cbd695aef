package dev.fermata.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What the process of a server at rest holds. */
record Vitals(long threads, long files, double heap) {

  private static final int FEW = 50;
  private static final double MEGABYTES_OF_CACHES = 25;

  static Vitals of(long process, Fuzzing fuzzing) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    new ProcessBuilder(jcmd.toString(), Long.toString(process), "GC.run")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    double heap =
        fuzzing
            .get("/actuator/metrics/jvm.memory.used?tag=area:heap")
            .at("/measurements/0/value")
            .asDouble();
    return new Vitals(entries(process, "task"), entries(process, "fd"), heap / (1 << 20));
  }

  private static long entries(long process, String folder) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(process), folder))) {
      return all.count();
    }
  }

  /** Whether this is about as much as it was before. */
  boolean near(Vitals before) {
    return threads <= before.threads + FEW
        && files <= before.files + FEW
        && heap <= before.heap + MEGABYTES_OF_CACHES;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%d threads, %d open files, %.1f MB live", threads, files, heap);
  }
}
