package dev.fermata.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a clone brings besides code: a container that a user may start and a check that CI runs. */
class DeliveryTest {

  @Test
  void composeStartsOneServiceOnOneVolume() throws IOException {
    JsonNode compose = yaml("docker-compose.yml");

    assertThat(compose.at("/services").properties())
        .filteredOn(service -> service.getValue().at("/profiles").isMissingNode())
        .extracting(Map.Entry::getKey)
        .containsExactly("fermata");
    assertThat(texts(compose.at("/services/fermata/volumes")))
        .containsExactly("data:" + settings().bind("fermata.data-dir", String.class).get());
  }

  @Test
  void whoObservesIsPublishedOnLoopbackAndReadsFilesThatACloneHas() throws IOException {
    for (String service : List.of("prometheus", "grafana")) {
      JsonNode observer = yaml("docker-compose.yml").at("/services/" + service);

      assertThat(texts(observer.at("/profiles"))).containsExactly("observe");
      assertThat(texts(observer.at("/ports")))
          .isNotEmpty()
          .allMatch(port -> port.startsWith("127.0.0.1:"));
      assertThat(texts(observer.at("/volumes")))
          .filteredOn(volume -> volume.startsWith("./"))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(Path.of(file.substring(0, file.indexOf(':')))).exists());
    }
  }

  @Test
  void openServerIsPublishedOnLoopbackOnly() throws IOException {
    assertThat(settings().bind("fermata.security.open", Boolean.class).get()).isTrue();
    assertThat(settings().bind("server.address", InetAddress.class).get().isAnyLocalAddress())
        .isTrue();
    assertThat(texts(yaml("docker-compose.yml").at("/services/fermata/ports")))
        .containsExactly("127.0.0.1:8080:8080");
  }

  @Test
  void environmentHoldsOnlySettingsCheckedHere() throws IOException {
    assertThat(environment().keySet())
        .containsExactlyInAnyOrder(
            "FERMATA_DATA_DIR",
            "FERMATA_SECURITY_OPEN",
            "FERMATA_SECURITY_HOSTS",
            "SERVER_ADDRESS");
  }

  @Test
  void containerIsStoppedAfterTheGrace() throws IOException {
    JsonNode service = yaml("docker-compose.yml").at("/services/fermata");

    assertThat(DurationStyle.detectAndParse(service.at("/stop_grace_period").asString()))
        .isGreaterThan(Duration.ofSeconds(20));
    assertThat(service.at("/init").asBoolean()).isTrue();
  }

  @Test
  void imageIsBuiltFromWhatACloneHas() throws IOException {
    JsonNode build = yaml("docker-compose.yml").at("/services/fermata/build");
    Path context = Path.of(build.at("/context").asString());

    assertThat(context.resolve(build.at("/dockerfile").asString()).normalize())
        .isEqualTo(Dockerfile.FILE);
    assertThat(copied())
        .isNotEmpty()
        .allSatisfy(source -> assertThat(context.resolve(source)).exists())
        .allSatisfy(
            source ->
                assertThat(Path.of(".dockerignore")).content().contains("\n!" + source + "\n"));
  }

  @Test
  void serverInTheImageIsNotRoot() throws IOException {
    List<String> lines = Files.readAllLines(Dockerfile.FILE);

    assertThat(lines.subList(lines.indexOf("USER fermata"), lines.size()))
        .noneMatch(line -> line.startsWith("RUN") || line.startsWith("USER root"))
        .anyMatch(line -> line.startsWith("ENTRYPOINT"));
  }

  @Test
  void scriptsCanBeRun() {
    assertThat(List.of(Path.of("mvnw"), Path.of(".ci/run"), Path.of(".ci/release")))
        .allMatch(Files::isExecutable);
  }

  /** The sources of COPY in the build stage: those that the context must hold. */
  private static List<String> copied() throws IOException {
    return Dockerfile.read().instructions().stream()
        .filter(instruction -> instruction.is("COPY") && instruction.flags().isEmpty())
        .map(instruction -> instruction.told().split(" "))
        .flatMap(words -> Stream.of(words).limit(words.length - 1))
        .toList();
  }

  /** What the server is told by the container's environment, by Spring Boot's own reading of it. */
  private static Binder settings() throws IOException {
    var environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .forEach(s -> environment.getPropertySources().remove(s.getName()));
    environment
        .getPropertySources()
        .addFirst(
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment()));
    return Binder.get(environment);
  }

  private static Map<String, Object> environment() throws IOException {
    Map<String, Object> environment = new HashMap<>();
    yaml("docker-compose.yml")
        .at("/services/fermata/environment")
        .forEachEntry((key, value) -> environment.put(key, value.asString()));
    return environment;
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  private static JsonNode yaml(String file) throws IOException {
    return JsonMapper.shared()
        .valueToTree(new Yaml().<Object>load(Files.readString(Path.of(file))));
  }
}
