package dev.fermata.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The jar names what is in it: its bill of materials has each library, and none beside. */
class SbomIT {

  private static final String LIBRARIES = "BOOT-INF/lib/";

  /** Of no library, but of Spring Boot's packaging. */
  private static final String TOOLS = "spring-boot-jarmode-tools-";

  /** Has no file: it stands for those that it needs. */
  private static final String STARTER = "spring-boot-starter-";

  private static JarFile jar;
  private static List<JsonNode> components;

  @BeforeAll
  static void read() throws IOException {
    jar = new JarFile(System.getProperty("fermata.jar", "target/fermata.jar"));
    String place = jar.getManifest().getMainAttributes().getValue("Sbom-Location");
    try (InputStream sbom = jar.getInputStream(jar.getEntry(place))) {
      components = JsonMapper.shared().readTree(sbom).at("/components").valueStream().toList();
    }
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  @Test
  void componentsAreTheLibraries() {
    List<String> libraries =
        jar.stream()
            .filter(entry -> entry.getName().startsWith(LIBRARIES) && !entry.isDirectory())
            .map(entry -> entry.getName().substring(LIBRARIES.length()))
            .filter(name -> !name.startsWith(TOOLS))
            .toList();

    assertThat(components)
        .extracting(c -> c.at("/name").asString() + "-" + c.at("/version").asString() + ".jar")
        .filteredOn(name -> !name.startsWith(STARTER))
        .containsExactlyInAnyOrderElementsOf(libraries);
  }

  @Test
  void eachHasAVersionAndALicence() {
    assertThat(components).allSatisfy(c -> assertThat(c.at("/licenses")).isNotEmpty());
    assertThat(components)
        .filteredOn(c -> c.at("/name").asString().equals("sqlite-jdbc"))
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.at("/version").asString()).matches("\\d+(\\.\\d+)+");
              assertThat(c.at("/licenses/0/license/id").asString()).isEqualTo("Apache-2.0");
            });
  }
}
