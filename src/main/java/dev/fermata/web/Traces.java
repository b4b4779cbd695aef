package dev.fermata.web;

import dev.fermata.job.Traceparent;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the trace that a client follows its submission by. */
final class Traces {

  private static final String HEADER = "traceparent";

  private Traces() {}

  /** Null for none, also when what was sent can't be understood: a trace is no reason to refuse. */
  static @Nullable Traceparent of(HttpServletRequest request) {
    List<String> given = Collections.list(request.getHeaders(HEADER));
    return given.size() == 1 ? Traceparent.parse(given.getFirst().strip()).orElse(null) : null;
  }
}
