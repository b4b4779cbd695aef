package dev.fermata.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as clients see it (RFC 9457).
 *
 * @param job the one that is in the way; null when none is
 */
record ProblemDocument(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String instance,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String job,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Rejected.Fault> errors) {

  ProblemDocument with(@Nullable String obstacle, List<Rejected.Fault> faults) {
    return new ProblemDocument(type, title, status, detail, instance, obstacle, faults);
  }
}
