package dev.fermata.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.pages.Step.Compare;
import dev.fermata.pages.Step.Give;
import dev.fermata.pages.Step.Save;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Somebody who follows a page to the letter, in a folder of their own, on ports that are free. */
final class Reader implements AutoCloseable {

  private static final Path JAR = Path.of(System.getProperty("fermata.jar", "target/fermata.jar"));
  private static final Pattern PORT = Pattern.compile("\\b808\\d\\b");

  /** What starts a server and returns only when it is stopped. */
  private static final Pattern SERVES =
      Pattern.compile("(?m)^(?:\\./mvnw spring-boot:run|java (?!.*jarmode).*fermata\\.jar)");

  /** What changes something, so that nobody gives it twice to see whether it has come. */
  private static final Pattern CHANGES =
      Pattern.compile("\\s(?:-d|-F|-X|--data\\S*|-T)\\b|^(?:cat|for|kill|pkill)\\b");

  private final Path folder;
  private final Transcript transcript = new Transcript();
  private final Map<String, String> ports = new HashMap<>();
  private final Shell shell;

  Reader(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("target"));
    Files.createSymbolicLink(folder.resolve("target/fermata.jar"), JAR.toAbsolutePath());
    Path java = Path.of(System.getProperty("java.home"), "bin");
    shell =
        new Shell(
            folder,
            Map.of(
                "PATH",
                java + ":" + System.getenv("PATH"),
                "SERVER_PORT",
                here("8080"),
                "JDK_JAVA_OPTIONS",
                "-XX:TieredStopAtLevel=1")); // starts sooner
    try (InputStream habits = Reader.class.getResourceAsStream("habits.sh")) {
      shell.type(new String(Objects.requireNonNull(habits).readAllBytes(), UTF_8));
    }
  }

  /** Fails at the line of the page that is not true. */
  void follow(Page page) throws IOException, InterruptedException {
    if (!startsTheServer(page)) {
      type(0, "java -jar target/fermata.jar");
    }
    for (Step step : page.steps()) {
      switch (step) {
        case Save(int _, String file, String text) -> save(file, text);
        case Give(int line, String command) -> type(line, command);
        case Compare compare -> compare(compare);
      }
    }
  }

  /** Before anything else, so that none has to run when the page begins. */
  private static boolean startsTheServer(Page page) {
    return page.steps().stream()
        .filter(step -> !(step instanceof Save))
        .findFirst()
        .filter(
            step -> step instanceof Give(int _, String command) && SERVES.matcher(command).find())
        .isPresent();
  }

  private void save(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(Objects.requireNonNull(path.getParent()));
    Files.writeString(path, here(text));
  }

  private void type(int line, String command) throws IOException, InterruptedException {
    Shell.Output output = shell.type(asTyped(command));
    assertThat(output.code()).as("line %d: %s%n%s", line, command, output.text()).isZero();
  }

  /** What has not come yet may come: a reader looks again, for twenty seconds. */
  private void compare(Compare step) throws IOException, InterruptedException {
    var shown = step.shown().stream().map(this::here).toList();
    String command = asTyped(step.command());
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      String seen = shell.type(command).text();
      if (transcript.matches(shown, seen)) {
        return;
      }
      if (CHANGES.matcher(command).find() || System.nanoTime() > limit) {
        throw new AssertionError(
            "line %d: %s%nshows%n%s%nbut what comes is%n%s"
                .formatted(step.line(), command, String.join("\n", shown), seen));
      }
    }
  }

  private String asTyped(String command) {
    return SERVES.matcher(here(transcript.translated(command))).replaceAll("serve $0");
  }

  private String here(String text) {
    return PORT.matcher(text)
        .replaceAll(port -> ports.computeIfAbsent(port.group(), each -> freePort()));
  }

  private static String freePort() {
    try (var socket = new ServerSocket(0)) {
      return Integer.toString(socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    shell.close();
  }
}
