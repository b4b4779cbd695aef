package dev.fermata.web;

import dev.fermata.job.Traceparent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the trace that a client follows its submission by. */
final class Traces {

  private static final String HEADER = "traceparent";

  private Traces() {}

  /**
   * The span of the request where requests are traced, and otherwise what its client sent. Null for
   * none, also when what was sent can't be understood: a trace is no reason to refuse.
   */
  static @Nullable Traceparent of(HttpServletRequest request) {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid()
        ? new Traceparent(span.getTraceId(), span.getSpanId(), span.getTraceFlags().asHex())
        : sent(Collections.list(request.getHeaders(HEADER)));
  }

  private static @Nullable Traceparent sent(List<String> headers) {
    return headers.size() == 1 ? Traceparent.parse(headers.getFirst().strip()).orElse(null) : null;
  }
}
