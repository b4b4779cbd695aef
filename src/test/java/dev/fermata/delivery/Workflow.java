package dev.fermata.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A workflow: its text, and what that says. */
record Workflow(String text, JsonNode content) {

  private static final Path DIRECTORY = Path.of(".github/workflows");

  static Workflow read(String name) throws IOException {
    String text = Files.readString(DIRECTORY.resolve(name + ".yml"));
    return new Workflow(text, JsonMapper.shared().valueToTree(new Yaml().<Object>load(text)));
  }

  /** The names of all. */
  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.map(file -> file.getFileName().toString().replace(".yml", "")).toList();
    }
  }

  Stream<JsonNode> jobs() {
    return content.at("/jobs").valueStream();
  }

  Stream<JsonNode> steps() {
    return jobs().flatMap(job -> job.path("steps").valueStream());
  }

  /** What the step of that name runs. */
  String script(String step) {
    return steps()
        .filter(candidate -> candidate.path("name").asString("").equals(step))
        .map(candidate -> candidate.path("run").asString())
        .findFirst()
        .orElseThrow();
  }
}
