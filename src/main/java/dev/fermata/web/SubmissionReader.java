package dev.fermata.web;

import dev.fermata.kind.InvalidInput;
import dev.fermata.kind.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Reads queries from requests, in each of the forms in which they come. */
@Component
final class SubmissionReader {

  private static final String[] PARAMETERS =
      Stream.concat(Stream.of("kind"), Options.NAMES.stream()).toArray(String[]::new);

  private final Offers offers;

  SubmissionReader(Offers offers) {
    this.offers = offers;
  }

  /**
   * Reads a query from a request and its body.
   *
   * @param implied the kind that the address stands for; null when the client names it
   */
  Offer read(Body body, HttpServletRequest request, @Nullable String implied) {
    return body.is(MediaType.APPLICATION_JSON)
        ? readFullForm(body, request, implied)
        : readOther(body, request, implied);
  }

  private Offer readFullForm(Body body, HttpServletRequest request, @Nullable String implied) {
    QueryString query = QueryString.of(request, "kind");
    FullForm form = FullForm.read(body.text());
    Kind kind = offers.kind(implied, query.one("kind").orElse(null), form.kind());
    return offers.of(kind, form.input(), form.options(), request);
  }

  private Offer readOther(Body body, HttpServletRequest request, @Nullable String implied) {
    QueryString query = QueryString.of(request, PARAMETERS);
    @Nullable String named = query.one("kind").orElse(implied);
    if (named == null) {
      throw Problem.UNKNOWN_KIND.at("/kind", Guess.json(body).orElse(Offers.NO_KIND));
    }
    Kind kind = offers.kind(implied, named);
    try {
      return offers.of(kind, BodyForms.read(body, kind.inputs()), query.without("kind"), request);
    } catch (InvalidInput e) {
      throw Guess.json(body)
          .or(() -> Guess.form(body, kind.inputs()))
          .map(guess -> e.but(new InvalidInput.Fault("", guess)))
          .orElse(e);
    }
  }
}
