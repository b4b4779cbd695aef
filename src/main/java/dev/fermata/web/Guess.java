package dev.fermata.web;

import dev.fermata.kind.Input;
import dev.fermata.kind.Inputs;
import dev.fermata.kind.Nearest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;

/** What a body that was taken for raw text was probably meant to be, told to who sent it. */
final class Guess {

  private Guess() {}

  /** JSON that doesn't say so: curl calls every text a form. */
  static Optional<String> json(Body body) {
    return head(body).stripLeading().startsWith("{")
        ? Optional.of("The body looks like JSON: send it with -H 'Content-Type: application/json'.")
        : Optional.empty();
  }

  /** A form with a name that is no input, and another one that is, or nearly is. */
  static Optional<String> form(Body body, Inputs inputs) {
    List<String> known = inputs.declared().stream().map(Input::name).toList();
    return body.is(MediaType.APPLICATION_FORM_URLENCODED)
        ? Pairs.read(head(body)).flatMap(pairs -> misspelt(pairs, known))
        : Optional.empty();
  }

  private static Optional<String> misspelt(List<Pairs.Pair> pairs, List<String> known) {
    List<String> names = pairs.stream().map(Pairs.Pair::name).toList();
    boolean meant =
        names.stream().anyMatch(it -> known.contains(it) || Nearest.to(it, known).isPresent());
    return names.stream()
        .filter(name -> meant && !known.contains(name))
        .findFirst()
        .map(name -> "The body looks like a form. " + Names.unknown(name, known, "input"));
  }

  /** Enough to tell what it is; a body can be long. */
  private static String head(Body body) {
    int length = Math.min(body.bytes().length, 64 * 1024);
    return new String(body.bytes(), 0, length, StandardCharsets.UTF_8);
  }
}
