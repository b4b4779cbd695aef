package dev.fermata.wiring;

import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.Name;

/** Which keys a record of settings has, in it and below it. */
final class SettingsShape {

  private final Map<String, SettingsShape> byName = new TreeMap<>();

  /** The shape of every value of a map, whose keys are free; null where keys are not free. */
  private @Nullable SettingsShape anyName;

  static SettingsShape of(Class<?> settings) {
    var shape = new SettingsShape();
    for (Parameter parameter : settings.getDeclaredConstructors()[0].getParameters()) {
      shape.put(name(parameter), ofType(parameter.getParameterizedType()));
    }
    return shape;
  }

  private static SettingsShape ofType(Type type) {
    if (type instanceof Class<?> plain && plain.isRecord()) {
      return of(plain);
    }
    return type instanceof ParameterizedType of
        ? ofAny(of.getActualTypeArguments()[of.getActualTypeArguments().length - 1])
        : new SettingsShape();
  }

  /** In a map or a list all keys are known, and those of plain values may have dots. */
  private static SettingsShape ofAny(Type value) {
    var shape = new SettingsShape();
    SettingsShape each = ofType(value);
    shape.anyName = each.isPlain() ? shape : each;
    return shape;
  }

  private static String name(Parameter parameter) {
    @Nullable Name given = parameter.getAnnotation(Name.class);
    return given == null ? DataObjectPropertyName.toDashedForm(parameter.getName()) : given.value();
  }

  SettingsShape put(String name, SettingsShape shape) {
    byName.put(name, shape);
    return this;
  }

  SettingsShape putAll(SettingsShape other) {
    byName.putAll(other.byName);
    return this;
  }

  /** What may stand below this name, however it is spelt; null when the name is unknown. */
  @Nullable SettingsShape get(String name) {
    return byName.entrySet().stream()
        .filter(known -> uniform(known.getKey()).equals(uniform(name)))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(anyName);
  }

  /** Spring Boot reads {@code maxBody} and {@code max_body} as {@code max-body}. */
  private static String uniform(String name) {
    return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }

  /** Whether nothing may stand below. */
  boolean isPlain() {
    return byName.isEmpty() && anyName == null;
  }

  Set<String> names() {
    return byName.keySet();
  }
}
