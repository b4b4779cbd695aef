package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One setting makes the log JSON, for programs that read it. */
class JsonLogIT {

  @TempDir private Path home;

  @Test
  void everyLineIsAnObjectAndAJobsEndHasFields() throws IOException {
    String id;
    String output;
    try (Server server = Server.start(home, "--logging.structured.format.console=ecs")) {
      id = server.client().submit("chat", "hello");
      server.client().ended(id);
      server.askToStop();
      output = server.awaitExit().output();
    }
    List<JsonNode> lines = output.lines().map(JsonMapper.shared()::readTree).toList();
    List<JsonNode> ends =
        lines.stream().filter(line -> line.at("/job").asString("").equals(id)).toList();

    assertThat(lines).isNotEmpty().allMatch(JsonNode::isObject);
    assertThat(ends).hasSize(1);
    JsonNode end = ends.getFirst();
    assertThat(end.at("/message").asString()).contains(id, "succeeded");
    assertThat(end.at("/kind").asString()).isEqualTo("chat");
    assertThat(end.at("/lane").asString()).isEqualTo("chat");
    assertThat(end.at("/attempt").asInt()).isEqualTo(1);
    assertThat(end.at("/outcome").asString()).isEqualTo("succeeded");
  }
}
