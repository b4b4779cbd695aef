package dev.fermata.web;

import dev.fermata.job.Submission;
import dev.fermata.kind.Inputs;
import dev.fermata.kind.InvalidInput;
import dev.fermata.kind.Kind;
import dev.fermata.kind.Kinds;
import dev.fermata.lane.Lanes;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Turns requests into submissions that are valid by construction. */
@Component
final class SubmissionReader {

  private static final String NO_KIND = "No kind is named: add ?kind=... or a field \"kind\".";
  private static final String[] PARAMETERS =
      Stream.concat(Stream.of("kind"), Options.NAMES.stream()).toArray(String[]::new);

  private final Kinds kinds;
  private final Lanes lanes;
  private final long maxBody;

  SubmissionReader(Kinds kinds, Lanes lanes, WebSettings settings) {
    this.kinds = kinds;
    this.lanes = lanes;
    this.maxBody = settings.maxBody().toBytes();
  }

  /**
   * Reads a submission from the body and the address of a request.
   *
   * @param implied the kind that the address stands for; null when the client names it
   */
  Submission read(HttpServletRequest request, @Nullable String implied) {
    refuseWhatIsNotBuilt(request);
    Body body = Body.read(request, maxBody);
    return body.is(MediaType.APPLICATION_JSON)
        ? readFullForm(body, request, implied)
        : readOther(body, request, implied);
  }

  /** The same query again, as the kind takes it today. */
  Submission again(HttpServletRequest request, Submission submission) {
    refuseWhatIsNotBuilt(request);
    Kind kind = kind(submission.kind());
    var options = new LinkedHashMap<String, String>();
    if (lanes.has(submission.lane())) {
      options.put("lane", submission.lane());
    }
    if (submission.timeout() != null
        && (kind.timeout() == null || submission.timeout().compareTo(kind.timeout()) < 0)) {
      options.put("timeout", Durations.text(submission.timeout()));
    }
    return submission(kind, submission.inputs(), options);
  }

  private static void refuseWhatIsNotBuilt(HttpServletRequest request) {
    if (request.getHeader("Idempotency-Key") != null) {
      throw Problem.OPTION_NOT_SUPPORTED.because("Idempotency-Key isn't supported here yet.");
    }
    if (Preference.wait(request).isPresent()) {
      throw Problem.OPTION_NOT_SUPPORTED.because("Prefer: wait isn't supported here yet.");
    }
  }

  private Submission readFullForm(Body body, HttpServletRequest request, @Nullable String implied) {
    QueryString query = QueryString.of(request, "kind");
    FullForm form = FullForm.read(body.text());
    Kind kind = kind(implied, query.one("kind").orElse(null), form.kind());
    return submission(kind, values(form.input(), kind.inputs()), form.options());
  }

  private Submission readOther(Body body, HttpServletRequest request, @Nullable String implied) {
    QueryString query = QueryString.of(request, PARAMETERS);
    @Nullable String named = query.one("kind").orElse(implied);
    if (named == null) {
      throw Problem.UNKNOWN_KIND.at("/kind", Guess.json(body).orElse(NO_KIND));
    }
    Kind kind = kind(implied, named);
    try {
      Map<String, Given> given = BodyForms.read(body, kind.inputs());
      return submission(kind, values(given, kind.inputs()), query.without("kind"));
    } catch (InvalidInput e) {
      throw Guess.json(body)
          .or(() -> Guess.form(body, kind.inputs()))
          .map(guess -> e.but(new InvalidInput.Fault("", guess)))
          .orElse(e);
    }
  }

  private static Map<String, String> values(Map<String, Given> given, Inputs inputs) {
    var values = new LinkedHashMap<String, String>();
    given.forEach(
        (name, value) ->
            values.put(name, inputs.find(name).map(value::as).orElse(""))); // unknown: refused next
    return values;
  }

  private Submission submission(
      Kind kind, Map<String, String> given, Map<String, String> optionsGiven) {
    kind.handler()
        .unavailable()
        .ifPresent(
            why -> {
              throw Problem.KIND_UNAVAILABLE
                  .because(kind.name() + ": " + why)
                  .with(HttpHeaders.RETRY_AFTER, "60");
            });
    Options options = Options.of(optionsGiven, kind, lanes);
    Inputs.Checked checked = kind.inputs().check(given);
    kind.handler().check(checked.values());
    return new Submission(
        kind.name(), options.lane(), checked.values(), options.timeout(), checked.warnings());
  }

  private Kind kind(@Nullable String... names) {
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
}
