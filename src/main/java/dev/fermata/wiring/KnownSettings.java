package dev.fermata.wiring;

import dev.fermata.kind.HandlerFactory;
import dev.fermata.kind.Nearest;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses keys under {@code fermata} that nobody reads, or that would be read as another.
 * Environment variables are left out: others put some there that begin with {@code FERMATA_} too,
 * as Kubernetes does for a service of this name.
 */
final class KnownSettings {

  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("fermata");

  /** What Spring Boot reads as it stands: of a name outside brackets it drops all else. */
  private static final Pattern WHOLE = Pattern.compile("([A-Za-z0-9_.-]|\\[[^\\]]*])*");

  private final SettingsShape shape;

  KnownSettings(FermataSettings settings, Map<String, HandlerFactory<?>> factories) {
    SettingsShape kinds = new SettingsShape();
    settings.kinds().forEach((name, kind) -> kinds.put(name, kind(factories.get(kind.handler()))));
    this.shape = SettingsShape.of(FermataSettings.class).put("kinds", kinds);
  }

  private static SettingsShape kind(@Nullable HandlerFactory<?> factory) {
    SettingsShape kind = SettingsShape.of(KindSettings.class);
    return factory == null ? kind : kind.putAll(SettingsShape.of(factory.settings()));
  }

  /**
   * Looks at every key.
   *
   * @throws InvalidSettings for the first one that is unknown, with the nearest known name
   */
  void check(ConfigurableEnvironment environment) {
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource keys && isChecked(source)) {
        keys.stream().filter(ROOT::isAncestorOf).forEach(this::check);
        checkSpelling(source.getUnderlyingSource());
      }
    }
  }

  private static void checkSpelling(@Nullable Object source) {
    if (source instanceof EnumerablePropertySource<?> names) {
      Stream.of(names.getPropertyNames())
          .filter(name -> name.startsWith(ROOT + ".") && !WHOLE.matcher(name).matches())
          .findFirst()
          .ifPresent(
              name -> {
                throw new InvalidSettings(
                    name,
                    "a name of more than letters, digits, '-', '_' and '.' must stand in brackets:"
                        + " \"[name]\"");
              });
    }
  }

  private static boolean isChecked(ConfigurationPropertySource source) {
    return !(source.getUnderlyingSource() instanceof PropertySource<?> named
        && named.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME));
  }

  private void check(ConfigurationPropertyName key) {
    SettingsShape at = shape;
    for (int i = 1; i < key.getNumberOfElements(); i++) {
      String name = key.getElement(i, Form.ORIGINAL);
      SettingsShape next = at.get(name);
      if (next == null) {
        throw unknown(key, i, name, at);
      }
      at = next;
    }
  }

  private static InvalidSettings unknown(
      ConfigurationPropertyName key, int place, String name, SettingsShape at) {
    String known =
        at.isPlain()
            ? key.chop(place) + " is a plain value"
            : "known here are " + String.join(", ", at.names());
    String hint =
        Nearest.to(name, at.names())
            .map(near -> "did you mean " + key.chop(place) + "." + near + "?")
            .orElse(known);
    return new InvalidSettings(key.toString(), "there is no such setting; " + hint);
  }
}
