package dev.fermata.delivery;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a build ends with: files below a root, and how they are started and looked after. */
record Image(
    Path root,
    Path directory,
    Map<String, String> environment,
    List<String> entrypoint,
    List<String> healthcheck) {

  /** The port that it is published by. */
  private static final String PORT = "8080";

  /** Starts its server on a port that is free, with more options for its Java. */
  Container start(String... options) throws IOException {
    String port = Integer.toString(freePort());
    var java = new ArrayList<>(entrypoint);
    java.addAll(1, List.of(options));
    var settings = new HashMap<>(environment);
    settings.put("SERVER_PORT", port);
    List<String> look = healthcheck.stream().map(word -> word.replace(PORT, port)).toList();
    return new Container(
        port,
        new Command(directory, settings, java).start(ProcessBuilder.Redirect.DISCARD),
        new Command(directory, environment, look));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
