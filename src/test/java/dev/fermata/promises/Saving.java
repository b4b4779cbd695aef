package dev.fermata.promises;

import dev.fermata.promises.Seen.Entry;
import dev.fermata.promises.Seen.Entry.Ended;
import dev.fermata.promises.Seen.Entry.Saved;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is saved of sessions, by what was seen. */
final class Saving {

  private Saving() {}

  static boolean followsPolicy(Known known, Seen.Commit commit) {
    List<String> ends =
        of(commit, Ended.class).filter(end -> saves(known, end)).map(Ended::job).toList();
    return of(commit, Saved.class).map(Saved::job).toList().equals(ends);
  }

  private static boolean saves(Known known, Ended end) {
    KnownJob job = known.job(end.job());
    return job.runs() && job.scope().wrote() && job.query().saves(end.status());
  }

  private static <E extends Entry> Stream<E> of(Seen.Commit commit, Class<E> what) {
    return commit.entries().stream().filter(what::isInstance).map(what::cast);
  }

  static Map<String, Seen.Found> sessions(Known known) {
    return known.saves().stream()
        .collect(
            Collectors.groupingBy(
                Saved::session,
                Collectors.collectingAndThen(
                    Collectors.mapping(Saved::job, Collectors.toList()),
                    jobs -> new Seen.Found(jobs.size(), jobs))));
  }
}
