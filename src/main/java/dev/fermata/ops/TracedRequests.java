package dev.fermata.ops;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.exporter.FinishedSpan;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Of requests only those that change something have a span: looks and scrapes would drown them. */
@Component
@ConditionalOnProperty("management.opentelemetry.tracing.export.otlp.endpoint")
final class TracedRequests implements SpanExportingPredicate {

  @Override
  public boolean isExportable(FinishedSpan span) {
    return span.getKind() != Span.Kind.SERVER || !"GET".equals(span.getTags().get("method"));
  }
}
