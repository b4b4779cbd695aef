package dev.fermata.delivery;

import dev.fermata.delivery.Dockerfile.Instruction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A build of the image without Docker. Each stage has a directory for its root; what is copied from
 * stage to stage goes there, and what is run of Java is run there. The jar is the one that was
 * packaged already, and programs are not installed.
 */
final class Build {

  static final Path JAR = Path.of(System.getProperty("fermata.jar", "target/fermata.jar"));

  private final Path place;
  private final Map<String, String> environment = new HashMap<>();
  private Path root;
  private Path directory;
  private List<String> entrypoint = List.of();
  private List<String> healthcheck = List.of();

  private Build(Path place) {
    this.place = place;
    this.root = place;
    this.directory = place;
  }

  static Image image(Path place) throws IOException {
    var build = new Build(place);
    for (Instruction instruction : Dockerfile.read().instructions()) {
      build.follow(instruction);
    }
    return new Image(
        build.root, build.directory, build.environment, build.entrypoint, build.healthcheck);
  }

  private void follow(Instruction instruction) throws IOException {
    String told = instruction.told();
    switch (instruction.word()) {
      case "FROM" -> begin(told);
      case "WORKDIR" -> directory = Files.createDirectories(Path.of(inside(root, told)));
      case "COPY" -> copy(instruction.flags(), told.split(" ", 2));
      case "RUN" -> run(told);
      case "ENV" -> set(told.split("=", 2));
      case "HEALTHCHECK" -> healthcheck = words(told.substring("CMD ".length()));
      case "ENTRYPOINT" -> entrypoint = words(told);
      default -> {} // ARG, USER and EXPOSE make no file
    }
  }

  private void begin(String base) throws IOException {
    root = stage(base.matches(".* AS .*") ? base.replaceFirst(".* AS ", "") : "image");
    directory = root;
    Path temporary = Files.createDirectories(root.resolve("tmp"));
    environment.clear();
    environment.put("PATH", Path.of(System.getProperty("java.home"), "bin") + ":/usr/bin:/bin");
    environment.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
  }

  private void set(String[] variable) {
    environment.put(variable[0], inside(root, variable[1]));
  }

  private Path stage(String name) {
    return place.resolve(name);
  }

  /** The text with each absolute path in it below that root. */
  private static String inside(Path root, String text) {
    return text.replaceAll("(?<=^|[ =])/(?=\\w)", root + "/");
  }

  private void copy(List<String> flags, String[] fromTo) throws IOException {
    if (flags.isEmpty()) {
      return; // the sources of the jar
    }
    Path from = Path.of(inside(stage(flags.getFirst().substring("--from=".length())), fromTo[0]));
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = directory.resolve(fromTo[1]).resolve(from.relativize(file)).normalize();
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.createLink(copy, file);
        }
      }
    }
  }

  private void run(String command) throws IOException {
    if (command.startsWith("mvn ")) {
      Files.copy(JAR, Files.createDirectories(directory.resolve("target")).resolve("fermata.jar"));
    } else if (command.startsWith("java ")) {
      new Command(directory, environment, List.of("sh", "-c", inside(root, command))).succeed();
    }
  }

  private static List<String> words(String json) {
    return List.of(JsonMapper.shared().readValue(json, String[].class));
  }
}
