package dev.fermata.web;

import dev.fermata.job.JobId;
import dev.fermata.kind.InvalidInput;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** A request is answered with a problem. */
final class Rejected extends RuntimeException {

  /**
   * One thing that is wrong with what the client sent.
   *
   * @param pointer where in the full form (RFC 6901), whatever form was sent
   */
  record Fault(String pointer, String detail) {

    /** Points to a member, whose name may hold any character. */
    static String pointer(String... members) {
      var pointer = new StringBuilder();
      for (String member : members) {
        pointer.append('/').append(member.replace("~", "~0").replace("/", "~1"));
      }
      return pointer.toString();
    }

    private static Fault of(InvalidInput.Fault fault) {
      return new Fault(
          fault.input().isEmpty() ? INPUT : INPUT + pointer(fault.input()), fault.detail());
    }

    private Fault flat() {
      return pointer.startsWith(INPUT)
          ? new Fault(pointer.substring(INPUT.length()), detail)
          : this;
    }
  }

  private static final String INPUT = Fault.pointer("input");

  private final Problem problem;
  private final List<Fault> faults;
  private final HttpHeaders headers = new HttpHeaders();
  private @Nullable JobId job;

  Rejected(Problem problem, String detail, List<Fault> faults) {
    super(detail);
    this.problem = problem;
    this.faults = List.copyOf(faults);
  }

  static Rejected of(InvalidInput invalid) {
    InvalidInput.Fault first = invalid.faults().getFirst();
    return new Rejected(
        Problem.INVALID_INPUT,
        first.input().isEmpty() ? first.detail() : first.toString(),
        invalid.faults().stream().map(Fault::of).toList());
  }

  /** The same, for a body whose inputs stand beside its options. */
  Rejected flat() {
    if (problem != Problem.INVALID_INPUT) {
      return this;
    }
    var flat = new Rejected(problem, detail(), faults.stream().map(Fault::flat).toList());
    flat.headers.addAll(headers);
    return flat;
  }

  /** Names the job that is in the way. */
  Rejected by(JobId obstacle) {
    job = obstacle;
    return this;
  }

  private String detail() {
    return String.valueOf(getMessage());
  }

  /** Adds a header to the answer. */
  Rejected with(String header, String value) {
    headers.set(header, value);
    return this;
  }

  Problem problem() {
    return problem;
  }

  HttpHeaders headers() {
    return headers;
  }

  ProblemDocument document(String instance) {
    return problem
        .document(getMessage(), instance)
        .with(job == null ? null : job.toString(), faults);
  }
}
