package dev.fermata.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a request. They are read from the address alone: the servlet's own way
 * would read a form in the body with them.
 */
final class QueryString {

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private QueryString() {}

  /** Reads the parameters of a request; any but the known ones are refused. */
  static QueryString of(HttpServletRequest request, String... known) {
    return of(request.getQueryString(), known);
  }

  static QueryString of(@Nullable String text, String... known) {
    var query = new QueryString();
    Pairs.read(text == null ? "" : text).orElseThrow(QueryString::badlyEncoded).forEach(query::add);
    query.values.keySet().forEach(name -> Names.require(name, List.of(known), "query parameter"));
    return query;
  }

  private void add(Pairs.Pair pair) {
    String value =
        pair.value()
            .orElseThrow(
                () ->
                    Problem.BAD_REQUEST.because(
                        "The query parameter " + pair.name() + " is badly encoded."));
    values.computeIfAbsent(pair.name(), name -> new ArrayList<>()).add(value);
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The value of a parameter that may be given once. */
  Optional<String> one(String name) {
    List<String> all = all(name);
    if (all.size() > 1) {
      throw invalid(name, "It is given " + all.size() + " times.");
    }
    return all.stream().findFirst();
  }

  boolean flag(String name) {
    return switch (one(name).orElse("false")) {
      case "true", "" -> true;
      case "false" -> false;
      default -> throw invalid(name, "It must be true or false.");
    };
  }

  /** All parameters, each given once. */
  Map<String, String> each() {
    var all = new LinkedHashMap<String, String>();
    values.keySet().forEach(name -> all.put(name, one(name).orElseThrow()));
    return all;
  }

  /** All parameters but one, each given once. */
  Map<String, String> without(String name) {
    Map<String, String> rest = each();
    rest.remove(name);
    return rest;
  }

  boolean hasNothingBut(String name) {
    return Set.of(name).containsAll(values.keySet());
  }

  static Rejected badlyEncoded() {
    return Problem.BAD_REQUEST.because("The query string is badly encoded.");
  }

  static Rejected invalid(String name, String detail) {
    return Problem.INVALID_PARAMETER.at(Rejected.Fault.pointer(name), name + ": " + detail);
  }
}
