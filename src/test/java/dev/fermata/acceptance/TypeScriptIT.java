package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.delivery.Npm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that is generated from the server's document, compiled and used by its types alone. */
class TypeScriptIT {

  @TempDir private Path home;

  @Test
  void generatedClientCompilesAndDoesWhatAClientDoes() throws IOException {
    Npm npm = Npm.installed(Path.of("src/test/typescript"));
    try (Server server = Server.start(home)) {
      Reply document = server.client().get("/openapi.yaml");
      Files.write(npm.directory().resolve("openapi.yaml"), document.bytes());
      npm.run("npm", "run", "generate");
      npm.run("npm", "run", "build");

      assertThat(npm.run("node", "out/scenario.js", "http://127.0.0.1:" + server.client().port()))
          .contains("submitted, waited, read, followed, listed, cancelled and refused");
    }
  }
}
