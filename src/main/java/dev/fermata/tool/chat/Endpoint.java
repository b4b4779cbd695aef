package dev.fermata.tool.chat;

import dev.fermata.job.Reason;
import dev.fermata.kind.JobFailed;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a model answers, and what is said of it when it does not.
 *
 * @param setting where it is configured, for people
 * @param baseUrl without a slash at its end
 * @param model what the endpoint calls the model
 * @param apiKey empty for none; never shown to anybody
 */
record Endpoint(
    String setting,
    String baseUrl,
    String model,
    String apiKey,
    Duration connectTimeout,
    Duration idleTimeout) {

  /** The most that is shown of what it said, in characters. */
  static final int QUOTED = 500;

  /**
   * Checks the settings of one.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  static Endpoint of(String name, ModelSettings settings) {
    String subject = "the model " + name;
    return new Endpoint(
        "fermata.chat.models." + name,
        url(subject, settings.baseUrl()),
        given(subject + " has no name: what the endpoint calls it", settings.name()),
        settings.apiKey() == null ? "" : settings.apiKey().strip(),
        positive(subject + " has a connect-timeout of 0 or less", settings.connectTimeout()),
        positive(subject + " has an idle-timeout of 0 or less", settings.idleTimeout()));
  }

  URI completions() {
    return URI.create(baseUrl + "/chat/completions");
  }

  /**
   * Ends the job.
   *
   * @param what it did
   * @param hint what a person can do about it
   */
  JobFailed failure(String what, String hint) {
    String message = "The model at %s %s. %s".formatted(baseUrl, what, hint);
    return new JobFailed(
        Reason.HANDLER_ERROR, apiKey.isEmpty() ? message : message.replace(apiKey, "***"), null);
  }

  /** The beginning of what it said. */
  static String quoted(String text) {
    String line = text.strip();
    return line.length() <= QUOTED ? line : line.substring(0, QUOTED) + "...";
  }

  @Override
  public String toString() {
    return baseUrl;
  }

  private static String url(String subject, @Nullable String text) {
    String url = given(subject + " has no base-url", text).replaceAll("/+$", "");
    try {
      URI uri = new URI(url);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          subject + " has a base-url that is none: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(
        subject
            + " has a base-url that is not like http://localhost:11434/v1; a key goes into api-key");
  }

  private static String given(String complaint, @Nullable String text) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(complaint);
    }
    return text.strip();
  }

  private static Duration positive(String complaint, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(complaint);
    }
    return duration;
  }
}
