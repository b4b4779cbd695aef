package dev.fermata.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A terminal: what is typed into it shares variables, functions and a directory. */
final class Shell implements AutoCloseable {

  /** What came of commands, on both outputs, and how the first ended that failed; 0 if none did. */
  record Output(String text, int code) {}

  private static final String NONE_FAILED = "FAILED=0; trap 'FAILED=$((FAILED ? FAILED : $?))' ERR";
  private static final String MARK = "-- fermata: the command has ended: ";

  private final Process bash;
  private final Writer keyboard;
  private final BufferedReader screen;

  Shell(Path directory, Map<String, String> environment) throws IOException {
    var builder = new ProcessBuilder("bash", "--noprofile", "--norc");
    builder.directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    bash = builder.start();
    keyboard = bash.outputWriter(UTF_8);
    screen = bash.inputReader(UTF_8);
  }

  /** Waits for the commands at most two minutes. */
  Output type(String command) throws IOException, InterruptedException {
    // Behind a line's end of its own, for a here-document may be the last thing in it.
    keyboard.write(NONE_FAILED + "\n" + command + "\nprintf '\\n" + MARK + "%s\\n' $FAILED\n");
    keyboard.flush();
    try {
      return CompletableFuture.supplyAsync(this::untilMark).get(2, TimeUnit.MINUTES);
    } catch (TimeoutException | ExecutionException e) {
      bash.destroyForcibly();
      throw new IOException("no end of: " + command, e);
    }
  }

  private Output untilMark() {
    var text = new StringBuilder();
    try {
      for (String line; (line = screen.readLine()) != null; ) {
        if (line.startsWith(MARK)) {
          return new Output(text.toString(), Integer.parseInt(line.substring(MARK.length())));
        }
        text.append(line).append('\n');
      }
      throw new IOException("the shell has ended after: " + text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends all that was started in it. */
  @Override
  public void close() {
    bash.descendants().forEach(ProcessHandle::destroyForcibly);
    bash.destroyForcibly();
  }
}
