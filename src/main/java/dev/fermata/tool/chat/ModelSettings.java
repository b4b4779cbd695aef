package dev.fermata.tool.chat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One model: with a {@code pause} it is an echo, with a {@code baseUrl} whatever answers there.
 *
 * @param pause before each word of an echo
 * @param baseUrl of an OpenAI-compatible endpoint, up to {@code /v1}
 * @param name what the endpoint calls the model
 * @param apiKey what the endpoint wants to see; null or blank for none
 * @param connectTimeout how long the endpoint may take to be reached
 * @param idleTimeout how long it may send nothing, the wait for the first word included
 */
public record ModelSettings(
    @Nullable Duration pause,
    @Nullable String baseUrl,
    @Nullable String name,
    @Nullable String apiKey,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("2m") Duration idleTimeout) {

  /** Without the key: this may end up in a log. */
  @Override
  public String toString() {
    return "ModelSettings[pause=%s, baseUrl=%s, name=%s, connectTimeout=%s, idleTimeout=%s]"
        .formatted(pause, baseUrl, name, connectTimeout, idleTimeout);
  }
}
