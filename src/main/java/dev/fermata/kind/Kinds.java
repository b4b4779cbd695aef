package dev.fermata.kind;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Every kind of query that this server knows, in the order of their declaration. */
public final class Kinds {

  private final Map<String, Kind> byName;

  public Kinds(Collection<Kind> kinds) {
    var map = new LinkedHashMap<String, Kind>();
    kinds.forEach(kind -> map.put(kind.name(), kind));
    this.byName = Collections.unmodifiableMap(map);
  }

  public Optional<Kind> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Collection<Kind> all() {
    return byName.values();
  }
}
