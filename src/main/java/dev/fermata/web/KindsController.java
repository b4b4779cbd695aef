package dev.fermata.web;

import dev.fermata.kind.Kind;
import dev.fermata.kind.Kinds;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Shows the kinds of query. */
@Documents
class KindsController {

  private final Kinds kinds;

  KindsController(Kinds kinds) {
    this.kinds = kinds;
  }

  @GetMapping("/kinds")
  KindDocument.All all() {
    return new KindDocument.All(kinds.all().stream().map(KindsController::document).toList());
  }

  @GetMapping("/kinds/{name}")
  KindDocument one(@PathVariable String name) {
    return kinds
        .find(name)
        .map(KindsController::document)
        .orElseThrow(
            () ->
                Problem.NOT_FOUND.because(
                    Names.unknown(name, kinds.all().stream().map(Kind::name).toList(), "kind")));
  }

  private static KindDocument document(Kind kind) {
    return KindDocument.of(
        kind, ServletUriComponentsBuilder.fromCurrentContextPath().toUriString());
  }
}
