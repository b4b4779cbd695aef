package dev.fermata.tool.chat;

import dev.fermata.kind.Nearest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every model that this server knows, by name; open as long as the application. */
public final class Models implements AutoCloseable {

  private final Map<String, Model> byName = new LinkedHashMap<>();

  /**
   * Makes them all; none is called yet.
   *
   * @throws IllegalArgumentException when the settings make no sense, with the model and why
   */
  public Models(Map<String, ModelSettings> settings) {
    settings.forEach((name, model) -> byName.put(name, model(name, model)));
  }

  /**
   * The model of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  Model named(String name) {
    @Nullable Model model = byName.get(name);
    if (model == null) {
      throw new IllegalArgumentException(
          "there is no model %s under fermata.chat.models; %s"
              .formatted(
                  name,
                  Nearest.to(name, byName.keySet())
                      .map(near -> "did you mean " + near + "?")
                      .orElse("there are " + byName.keySet())));
    }
    return model;
  }

  /** Ends the calls that are still under way. */
  @Override
  public void close() {
    byName.values().forEach(Model::close);
  }

  private static Model model(String name, ModelSettings settings) {
    @Nullable Duration pause = settings.pause();
    boolean upstream =
        settings.baseUrl() != null || settings.name() != null || settings.apiKey() != null;
    if ((pause != null) == upstream) {
      throw new IllegalArgumentException(
          "the model %s has %s: it needs either a pause, which makes it an echo, or a base-url and a name"
              .formatted(name, upstream ? "both" : "neither"));
    }
    if (pause == null) {
      return new OpenAiModel(Endpoint.of(name, settings));
    }
    if (pause.isNegative()) {
      throw new IllegalArgumentException("the model " + name + " has a pause below 0");
    }
    return new Echo(pause);
  }
}
