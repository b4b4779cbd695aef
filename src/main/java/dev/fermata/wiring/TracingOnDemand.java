package dev.fermata.wiring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/** Leaves tracing out of a server that is not told where to send traces: it costs nothing there. */
final class TracingOnDemand implements AutoConfigurationImportFilter, EnvironmentAware {

  private static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

  private boolean wanted;

  @Override
  public void setEnvironment(Environment environment) {
    wanted = environment.containsProperty(ENDPOINT);
  }

  @Override
  public boolean[] match(
      @Nullable String[] classes, AutoConfigurationMetadata autoConfigurationMetadata) {
    var match = new boolean[classes.length];
    for (int i = 0; i < classes.length; i++) {
      match[i] = wanted || !isTracing(classes[i]);
    }
    return match;
  }

  private static boolean isTracing(@Nullable String name) {
    return name != null
        && (name.startsWith("org.springframework.boot.micrometer.tracing.")
            || name.startsWith("org.springframework.boot.opentelemetry."));
  }
}
