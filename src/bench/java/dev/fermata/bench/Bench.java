package dev.fermata.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Runs all measurements, or those that are named. */
final class Bench {

  /** One of them, in a directory of its own. */
  interface Measurement {
    void run(Path home) throws Exception;
  }

  /** One that needs nothing but a server. */
  interface OfServer {
    void run(BenchProcess server) throws Exception;
  }

  private Bench() {}

  public static void main(String[] names) throws Exception {
    Map<String, Measurement> all = all();
    for (String name : names.length == 0 ? all.keySet() : List.of(names)) {
      Measurement measurement = all.get(name);
      if (measurement == null) {
        throw new IllegalArgumentException(name + " is none of " + all.keySet());
      }
      measurement.run(Files.createTempDirectory("fermata-bench"));
    }
  }

  private static Map<String, Measurement> all() {
    Map<String, Measurement> all = new LinkedHashMap<>();
    all.put("session", server(server -> new SessionBench(server).run()));
    all.put("chunk", server(server -> new ChunkBench(server).run()));
    all.put("gone", server(server -> new GoneBench(server, new Random(1)).run()));
    all.put("cancel", home -> new CancelBench(home).run());
    all.put("stop", home -> new StopBench(home).run());
    all.put("recovery", home -> new RecoveryBench(home).run());
    all.put("page", home -> new PageBench(home).run());
    all.put("submit", server(server -> new SubmitBench(server).run()));
    return all;
  }

  private static Measurement server(OfServer measurement) {
    return home -> {
      try (BenchProcess server = BenchProcess.start(home)) {
        measurement.run(server);
      }
    };
  }
}
