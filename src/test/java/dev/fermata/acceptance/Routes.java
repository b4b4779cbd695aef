package dev.fermata.acceptance;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every route of the server's own, as Spring has it, so that none can be forgotten. */
final class Routes {

  /** A method and the pattern of an address. */
  record Route(String method, String pattern) {

    boolean takesAnId() {
      return pattern.contains("{");
    }

    /** The address with something in the place of its id, and a file's name in that of its path. */
    String address(String id) {
      return pattern.replace("{*path}", "stdout").replaceFirst("\\{[a-z]+}", id);
    }
  }

  private Routes() {}

  static List<Route> of(RequestMappingHandlerMapping mapping) {
    return mapping.getHandlerMethods().keySet().stream().flatMap(Routes::of).distinct().toList();
  }

  private static Stream<Route> of(RequestMappingInfo info) {
    List<String> methods =
        info.getMethodsCondition().getMethods().stream().map(RequestMethod::name).toList();
    return info.getPatternValues().stream()
        .flatMap(pattern -> methods.stream().map(method -> new Route(method, pattern)));
  }
}
