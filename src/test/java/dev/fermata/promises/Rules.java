package dev.fermata.promises;

import java.util.Map;

/**
 * How a server is set up.
 *
 * @param workers of each lane by its name
 */
public record Rules(Map<String, Integer> workers, int maxCrashes) {
  public Rules {
    workers = Map.copyOf(workers);
  }

  int workers(String lane) {
    return workers.getOrDefault(lane, 1);
  }
}
