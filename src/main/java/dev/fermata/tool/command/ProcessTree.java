package dev.fermata.tool.command;

import dev.fermata.job.JobId;
import dev.fermata.job.ProcessGroup;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every live process that works for a job: those of its session and group, those that carry its id
 * in their environment wherever they went, and all that descend from these.
 *
 * @param group null when none is known, or the number may be a stranger's by now
 */
record ProcessTree(JobId id, @Nullable ProcessGroup group) {

  /** The variable by which a process is known as a job's, even in a session of its own. */
  static final String MARK = "FERMATA_JOB_ID";

  private static final Duration POLL = Duration.ofMillis(20);

  /** All of them, at this moment, parents mostly before children; never the server itself. */
  List<ProcessEntry> members() {
    long server = ProcessHandle.current().pid();
    List<ProcessEntry> entries =
        ProcessEntry.all().stream()
            .filter(entry -> entry.alive() && entry.pid() != server)
            .sorted(Comparator.comparingLong(ProcessEntry::pid))
            .toList();
    Set<Long> ours = pids(entries, this::belongs);
    while (ours.addAll(pids(entries, entry -> ours.contains(entry.parent())))) {}
    return entries.stream().filter(entry -> ours.contains(entry.pid())).toList();
  }

  /**
   * Ends all of it: TERM, and after the grace KILL, until nothing is alive. It can't be
   * interrupted; an interrupt meanwhile stays pending.
   *
   * @return how many processes were ended
   */
  int end(Duration grace) {
    Set<Long> asked = new HashSet<>();
    boolean interrupted = false;
    long start = System.nanoTime();
    for (var left = members(); !left.isEmpty(); left = members()) {
      boolean kill = System.nanoTime() - start >= grace.toNanos();
      for (ProcessEntry process : left) {
        boolean first = asked.add(process.pid());
        if (kill || first) {
          process.signal(kill);
        }
      }
      interrupted |= Thread.interrupted(); // A pending interrupt would make the pause none.
      LockSupport.parkNanos(POLL.toNanos());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return asked.size();
  }

  private boolean belongs(ProcessEntry entry) {
    return inGroup(entry) || entry.carries(MARK + "=" + id);
  }

  private boolean inGroup(ProcessEntry entry) {
    if (group == null) {
      return false;
    }
    return entry.pid() == group.id()
        ? entry.leads(group)
        : entry.startTicks() >= group.startTicks()
            && (entry.session() == group.id() || entry.group() == group.id());
  }

  private static Set<Long> pids(List<ProcessEntry> entries, Predicate<ProcessEntry> which) {
    return entries.stream()
        .filter(which)
        .map(ProcessEntry::pid)
        .collect(Collectors.toCollection(HashSet::new));
  }
}
