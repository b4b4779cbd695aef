package dev.fermata.web;

import dev.fermata.job.Owner;
import dev.fermata.job.Submission;
import dev.fermata.job.Traceparent;
import dev.fermata.kind.Inputs;
import dev.fermata.kind.Kind;
import dev.fermata.kind.Kinds;
import dev.fermata.lane.Lanes;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Makes offers, valid by construction, out of what was read from a request. */
@Component
final class Offers {

  static final String NO_KIND = "No kind is named: add ?kind=... or a field \"kind\".";

  private final Kinds kinds;
  private final Lanes lanes;
  private final Clock clock;

  Offers(Kinds kinds, Lanes lanes, Clock clock) {
    this.kinds = kinds;
    this.lanes = lanes;
    this.clock = clock;
  }

  /** The kind that some names agree on; those that weren't given are null. */
  Kind kind(@Nullable String... names) {
    List<String> named = Stream.of(names).filter(Objects::nonNull).distinct().toList();
    if (named.size() > 1) {
      throw Problem.INVALID_PARAMETER.at(
          "/kind", "Two different kinds are named: " + String.join(", ", named) + ".");
    }
    if (named.isEmpty()) {
      throw Problem.UNKNOWN_KIND.at("/kind", NO_KIND);
    }
    return kind(named.getFirst());
  }

  private Kind kind(String name) {
    return kinds
        .find(name)
        .orElseThrow(
            () ->
                Problem.UNKNOWN_KIND.at(
                    "/kind",
                    Names.unknown(name, kinds.all().stream().map(Kind::name).toList(), "kind")));
  }

  /**
   * A query with the values and the options that its client gave.
   *
   * @throws dev.fermata.kind.InvalidInput with everything that is wrong with the values
   */
  Offer of(
      Kind kind,
      Map<String, Given> given,
      Map<String, String> options,
      HttpServletRequest request) {
    refuseUnavailable(kind);
    Owner owner = Owners.of(request);
    return offer(
        kind,
        values(given, kind.inputs()),
        Options.of(options, kind, lanes, Answers.waits(request), owner, clock.instant()),
        owner,
        Traces.of(request));
  }

  /** The same query again, on the same session, as the kind takes it today. */
  Offer again(Submission earlier, HttpServletRequest request) {
    Kind kind = kind(earlier.kind());
    refuseUnavailable(kind);
    return offer(
        kind,
        earlier.inputs(),
        Options.again(earlier, kind, lanes, Answers.waits(request)),
        earlier.owner(),
        Traces.of(request));
  }

  private static Offer offer(
      Kind kind,
      Map<String, String> values,
      Options options,
      Owner owner,
      @Nullable Traceparent traceparent) {
    Inputs.Checked checked = kind.inputs().check(values);
    kind.handler().check(checked.values());
    var submission =
        new Submission(
            owner,
            kind.name(),
            options.lane(),
            options.session(),
            checked.values(),
            options.timeout(),
            options.policy(),
            options.onDisconnect(),
            options.maxAttempts(),
            options.notBefore(),
            traceparent,
            checked.warnings());
    return new Offer(submission, options.onBusy());
  }

  private static void refuseUnavailable(Kind kind) {
    kind.handler()
        .unavailable()
        .ifPresent(
            why -> {
              throw Problem.KIND_UNAVAILABLE
                  .because(kind.name() + ": " + why)
                  .with(HttpHeaders.RETRY_AFTER, "60");
            });
  }

  private static Map<String, String> values(Map<String, Given> given, Inputs inputs) {
    var values = new LinkedHashMap<String, String>();
    given.forEach(
        (name, value) ->
            values.put(name, inputs.find(name).map(value::as).orElse(""))); // unknown: refused next
    return values;
  }
}
