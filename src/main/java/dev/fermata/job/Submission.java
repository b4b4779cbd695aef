package dev.fermata.job;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A valid query that is not accepted yet.
 *
 * @param inputs every declared input by name, in declared order, checked and repaired
 * @param timeout how long the handler may run; null for no limit
 * @param warnings what was repaired or looks odd in the inputs, for people
 */
public record Submission(
    String kind,
    String lane,
    Map<String, String> inputs,
    @Nullable Duration timeout,
    List<String> warnings) {

  public Submission {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    warnings = List.copyOf(warnings);
  }
}
