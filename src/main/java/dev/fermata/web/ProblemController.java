package dev.fermata.web;

import java.util.Arrays;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says what each problem means and what to do about it. */
@RestController
@RequestMapping(
    path = "/problems",
    produces = {
      MediaType.TEXT_HTML_VALUE,
      MediaType.APPLICATION_JSON_VALUE,
      MediaType.TEXT_PLAIN_VALUE
    })
class ProblemController {

  /** One sort of problem. */
  record Explained(String type, String title, int status, String meaning, String remedy)
      implements Spoken, Page {

    static Explained of(Problem problem) {
      return new Explained(
          problem.type(),
          problem.title(),
          problem.status().value(),
          problem.meaning(),
          problem.remedy());
    }

    @Override
    public String line() {
      return status + " " + title + ": " + meaning + " " + remedy;
    }

    @Override
    public String content() {
      return Page.paragraph("Status " + status + ". " + meaning)
          + Page.paragraph(remedy)
          + Page.link("/problems", "All problems");
    }
  }

  /** All sorts of problems. */
  record Catalogue(List<Explained> problems) implements Spoken, Page {

    @Override
    public String line() {
      return "Problems: " + String.join(", ", problems.stream().map(Explained::type).toList());
    }

    @Override
    public String title() {
      return "Problems";
    }

    @Override
    public String content() {
      return Page.list(
          problems.stream().map(it -> it.status() + " " + Page.link(it.type(), it.title())));
    }
  }

  @GetMapping
  Catalogue all() {
    return new Catalogue(Arrays.stream(Problem.values()).map(Explained::of).toList());
  }

  @GetMapping("/{slug}")
  Explained one(@PathVariable String slug) {
    return Problem.of(slug)
        .map(Explained::of)
        .orElseThrow(() -> Problem.NOT_FOUND.because("There is no problem called " + slug + "."));
  }
}
