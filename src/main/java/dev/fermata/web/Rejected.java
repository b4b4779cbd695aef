package dev.fermata.web;

import java.util.List;
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
  }

  private final Problem problem;
  private final List<Fault> faults;
  private final HttpHeaders headers = new HttpHeaders();

  Rejected(Problem problem, String detail, List<Fault> faults) {
    super(detail);
    this.problem = problem;
    this.faults = List.copyOf(faults);
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
    return problem.document(getMessage(), instance).with(faults);
  }
}
