package dev.fermata.promises;

import java.util.List;
import java.util.Set;

/**
 * Everything there is.
 *
 * @param sent the jobs whose queries were sent
 * @param cancelled the jobs that clients have asked to cancel
 * @param left what may still go wrong
 * @param stale attempts that a crash should have ended, and which go on none the less
 */
record State(
    Set<String> sent,
    Set<String> cancelled,
    Mishaps left,
    List<Attempt> stale,
    Memory memory,
    Disk disk) {

  State with(Memory changed) {
    return new State(sent, cancelled, left, stale, changed, disk);
  }

  State with(Disk changed) {
    return new State(sent, cancelled, left, stale, memory, changed);
  }

  State with(Mishaps fewer) {
    return new State(sent, cancelled, fewer, stale, memory, disk);
  }

  State withStale(List<Attempt> attempts) {
    return new State(sent, cancelled, left, attempts, memory, disk);
  }

  State withSent(Set<String> jobs) {
    return new State(jobs, cancelled, left, stale, memory, disk);
  }

  State withCancelled(Set<String> jobs) {
    return new State(sent, jobs, left, stale, memory, disk);
  }
}
