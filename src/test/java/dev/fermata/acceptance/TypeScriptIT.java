package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that is generated from the server's document, compiled and used by its types alone. */
class TypeScriptIT {

  private static final Path SOURCES = Path.of("src/test/typescript");

  /** Kept from one run to the next, with what npm has brought there. */
  private static final Path WORK = Path.of("target/typescript");

  @TempDir private Path home;

  @Test
  void generatedClientCompilesAndDoesWhatAClientDoes() throws Exception {
    for (String program : List.of("node", "npm")) {
      assumeTrue(
          isInstalled(program),
          program + " is not installed: apt-get install -y --no-install-recommends nodejs npm");
    }
    prepare();
    try (Server server = Server.start(home)) {
      Reply document = server.client().get("/openapi.yaml");
      Files.write(WORK.resolve("openapi.yaml"), document.bytes());
      run("npm", "run", "generate");
      run("npm", "run", "build");

      assertThat(run("node", "out/scenario.js", "http://127.0.0.1:" + server.client().port()))
          .contains("submitted, waited, read, followed, listed, cancelled and refused");
    }
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private static void prepare() throws IOException, InterruptedException {
    Files.createDirectories(WORK);
    Path installed = WORK.resolve("installed");
    boolean same =
        Files.exists(installed)
            && Files.mismatch(SOURCES.resolve("package-lock.json"), installed) == -1;
    for (String file :
        List.of("package.json", "package-lock.json", "tsconfig.json", "scenario.ts")) {
      Files.copy(SOURCES.resolve(file), WORK.resolve(file), REPLACE_EXISTING);
    }
    if (!same) {
      run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
      Files.copy(SOURCES.resolve("package-lock.json"), installed, REPLACE_EXISTING);
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(WORK, "output", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(WORK.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly();
    String text = Files.readString(output, UTF_8);
    assertThat(ended && process.exitValue() == 0)
        .as(String.join(" ", command) + "\n" + text)
        .isTrue();
    return text;
  }
}
