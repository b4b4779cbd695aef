package dev.fermata.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/**
 * The packaged server as its image has it, unpacked and with a cache of its classes: it starts in
 * two fifths of the time.
 */
public record Installation(Path directory) {

  private static final Path PLACE = Path.of("target", "installation");

  /** The cache is good for these only. */
  private static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1");

  /** Unpacks the jar and makes the cache, unless that was done before. */
  public static synchronized Installation ready() throws IOException {
    String version = Long.toString(Files.getLastModifiedTime(Build.JAR).toMillis());
    var installation = new Installation(PLACE.resolve(version).toAbsolutePath());
    if (!Files.exists(installation.cache())) {
      installation.make();
    }
    return installation;
  }

  private void make() throws IOException {
    FileSystemUtils.deleteRecursively(PLACE); // those of earlier builds
    Path data = Files.createDirectories(directory.resolve("training"));
    Path made = directory.resolve("making.aot");
    run(
        "-Djarmode=tools",
        "-jar",
        Build.JAR.toString(),
        "extract",
        "--force",
        "--destination",
        app());
    var training = new ArrayList<>(FLAGS);
    training.addAll(List.of("-XX:AOTCacheOutput=" + made, "-Dspring.context.exit=onRefresh"));
    training.addAll(List.of("-jar", jar(), "--server.port=0", "--fermata.data-dir=" + data));
    run(training.toArray(String[]::new));
    Files.move(made, cache());
  }

  private static void run(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(java()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(command + " failed:\n" + said);
    }
  }

  /** What starts a server. */
  public List<String> command() {
    var command = new ArrayList<>(List.of(java()));
    command.addAll(FLAGS);
    command.addAll(List.of("-XX:AOTCache=" + cache(), "-XX:AOTMode=on", "-jar", jar()));
    return command;
  }

  private Path cache() {
    return directory.resolve("fermata.aot");
  }

  private String app() {
    return directory.resolve("app").toString();
  }

  private String jar() {
    return directory.resolve("app").resolve(Build.JAR.getFileName()).toString();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
