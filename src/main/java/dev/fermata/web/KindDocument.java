package dev.fermata.web;

import dev.fermata.kind.Format;
import dev.fermata.kind.Input;
import dev.fermata.kind.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * A kind of query as clients see it.
 *
 * @param reason why it isn't available; null when it is
 * @param example a command that submits such a query
 */
record KindDocument(
    String name,
    String description,
    String lane,
    boolean available,
    @Nullable String reason,
    Limits limits,
    InputSchema inputs,
    String example)
    implements Spoken {

  /**
   * What bounds each job of a kind.
   *
   * @param timeout how long it may run; null for no limit
   */
  record Limits(@Nullable String timeout, int maxAttempts, String onCrash) {}

  /** Every kind. */
  record All(List<KindDocument> kinds) implements Spoken {
    @Override
    public String line() {
      return kinds.stream()
          .map(kind -> kind.available() ? kind.name() : kind.name() + " (unavailable)")
          .collect(Collectors.joining(", ", "Kinds: ", "."));
    }
  }

  static KindDocument of(Kind kind, String server) {
    Optional<String> reason = kind.handler().unavailable();
    return new KindDocument(
        kind.name(),
        kind.description(),
        kind.lane(),
        reason.isEmpty(),
        reason.orElse(null),
        limits(kind),
        InputSchema.of(kind.inputs()),
        example(kind, server));
  }

  private static Limits limits(Kind kind) {
    String timeout = kind.timeout() == null ? null : Durations.text(kind.timeout());
    return new Limits(timeout, kind.maxAttempts(), kind.onCrash().name().toLowerCase(Locale.ROOT));
  }

  private static String example(Kind kind, String server) {
    if (kind.name().equals(MessageReader.KIND)) {
      return "curl --data-binary '...' '" + server + "/sessions/mine/messages'";
    }
    String address = " '" + server + "/jobs?kind=" + encoded(kind.name()) + "'";
    List<Input> declared = kind.inputs().declared();
    Optional<Input> primary = kind.inputs().primary();
    boolean others = declared.stream().anyMatch(it -> it.required() && !it.primary());
    if (others || primary.isEmpty()) {
      return (declared.isEmpty() ? "curl -X POST" : "curl")
          + declared.stream().map(KindDocument::field).collect(Collectors.joining())
          + address;
    }
    Format format = primary.get().format();
    String body = format.isSequence() ? "@query.fa" : format == Format.FILE ? "@file" : "'...'";
    return "curl --data-binary " + body + address;
  }

  private static String encoded(String name) {
    return UriUtils.encode(name, StandardCharsets.UTF_8);
  }

  private static String field(Input input) {
    return " --data-urlencode '" + input.name() + "=...'";
  }

  @Override
  public String line() {
    return name + ": " + description + (reason == null ? "" : " (unavailable: " + reason + ")");
  }
}
