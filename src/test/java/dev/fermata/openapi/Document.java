package dev.fermata.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document as the server serves it. */
public final class Document {

  /** A method and the pattern of an address, as the document has them. */
  public record Route(String method, String pattern) {

    private boolean leadsTo(String address) {
      String[] words = pattern.substring(1).split("/", -1);
      String[] steps = address.substring(1).split("/", words.length);
      return steps.length == words.length
          && IntStream.range(0, steps.length).allMatch(n -> fits(steps[n], words[n]));
    }

    /** Only a file's path may hold what parts all others. */
    private static boolean fits(String step, String word) {
      return word.startsWith("{")
          ? step.matches("[^;].*") && (word.equals("{path}") || !step.contains("/"))
          : step.equals(word);
    }
  }

  private static final Document SERVED = new Document(read());

  private final Place root;
  private final List<Route> routes = new ArrayList<>();

  Document(JsonNode document) {
    root = new Place(document, document);
    Place paths = root.at("paths");
    for (String pattern : paths.names()) {
      for (String method : paths.at(pattern).names()) {
        if (!method.equals("parameters")) {
          routes.add(new Route(method.toUpperCase(Locale.ROOT), pattern));
        }
      }
    }
    // What is written out wins over what any word may stand for.
    routes.sort(Comparator.comparing(Route::pattern, Document::openLast));
  }

  private static int openLast(String one, String other) {
    return one.replace('{', '~').compareTo(other.replace('{', '~'));
  }

  public static Document served() {
    return SERVED;
  }

  static JsonNode read() {
    try (InputStream in = Document.class.getResourceAsStream("/openapi/openapi.yaml")) {
      Object yaml =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(Objects.requireNonNull(in));
      return JsonMapper.shared().valueToTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Route> routes() {
    return List.copyOf(routes);
  }

  /** The slugs of all problems that it knows, as addresses. */
  public List<String> problems() {
    return root.at("components", "schemas", "Slug", "enum")
        .node()
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }

  Place root() {
    return root;
  }

  Optional<Route> route(String method, String address) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    String plain = address.equals("/backlog/") ? "/backlog" : address;
    return routes.stream()
        .filter(route -> route.leadsTo(plain))
        .findFirst()
        .map(route -> new Route(wanted, route.pattern()))
        .filter(routes::contains);
  }

  Place response(Route route, int status) {
    return root.at(
        "paths",
        route.pattern(),
        route.method().toLowerCase(Locale.ROOT),
        "responses",
        Integer.toString(status));
  }
}
