package dev.fermata.web;

import dev.fermata.job.Owner;
import dev.fermata.job.Status;
import dev.fermata.journal.Jobs;
import dev.fermata.kind.Kind;
import dev.fermata.kind.Kinds;
import dev.fermata.lane.Lanes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads which jobs a request is about. */
@Component
final class JobFilter {

  private static final List<String> STATUSES =
      Arrays.stream(Status.values()).map(Status::word).toList();

  private final Kinds kinds;
  private final Lanes lanes;

  JobFilter(Kinds kinds, Lanes lanes) {
    this.kinds = kinds;
    this.lanes = lanes;
  }

  Jobs.Filter read(QueryString query, Owner owner) {
    return new Jobs.Filter(
        query.all("status").stream().map(JobFilter::status).collect(Collectors.toSet()),
        query.one("kind").map(this::kind).orElse(null),
        lane(query),
        query.one("session").map(it -> SessionIds.option(it, owner)).orElse(null),
        owner);
  }

  @Nullable String lane(QueryString query) {
    return query.one("lane").map(name -> Options.lane(name, lanes)).orElse(null);
  }

  private static Status status(String word) {
    Optional<Status> status = Status.of(word);
    if (status.isEmpty()) {
      Names.require(word, STATUSES, "status", "status");
    }
    return status.orElseThrow();
  }

  private String kind(String name) {
    Names.require(name, kinds.all().stream().map(Kind::name).toList(), "kind", "kind");
    return name;
  }
}
