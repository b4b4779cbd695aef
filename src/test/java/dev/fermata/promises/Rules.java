package dev.fermata.promises;

import java.util.Map;

/**
 * How a server is set up.
 *
 * @param workers of each lane by its name
 * @param followersAreTold whether a turn that waits for an earlier one that is parked is parked
 *     too, until it is told to be due itself: the server's journal tells it, the model does not
 */
public record Rules(Map<String, Integer> workers, int maxCrashes, boolean followersAreTold) {
  public Rules {
    workers = Map.copyOf(workers);
  }

  /** Of the model: a turn joins by itself once nothing before it is parked. */
  Rules(Map<String, Integer> workers, int maxCrashes) {
    this(workers, maxCrashes, false);
  }

  /** Of a server, with what its journal tells. */
  public static Rules ofServer(Map<String, Integer> workers, int maxCrashes) {
    return new Rules(workers, maxCrashes, true);
  }

  int workers(String lane) {
    return workers.getOrDefault(lane, 1);
  }
}
