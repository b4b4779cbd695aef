package dev.fermata.tool.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fermata.job.JobId;
import dev.fermata.job.ProcessGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program in a session of its own, held back until its process group is durable: should the
 * server die before it says go, the launcher reads the end of its input and leaves without starting
 * anything. Confined to one thread.
 */
final class Program {

  /**
   * Each program that a launch needs, beside the one that it is for. As the launcher leads no
   * process group, {@code setsid} does not fork: all of them become the program in one process.
   */
  static final List<String> LAUNCHERS = List.of("setsid", "nice", "sh");

  /** What the client gave are positional parameters only. */
  private static final String LAUNCHER =
      """
      unset PWD OLDPWD SHLVL
      read -r FERMATA_GO && exec "$@" </dev/null""";

  private final Process process;
  private final ProcessTree tree;
  private final ProcessGroup group;
  private CompletableFuture<Process> exit;

  private Program(Process process, JobId id, ProcessGroup group) {
    this.process = process;
    this.tree = new ProcessTree(id, group);
    this.group = group;
    this.exit = process.onExit();
  }

  /** Starts the launcher of a program, whose output goes to files in its working directory. */
  static Program launch(
      JobId id, Path directory, List<String> launcher, Map<String, String> environment)
      throws IOException {
    var builder =
        new ProcessBuilder(launcher)
            .directory(directory.toFile())
            .redirectOutput(directory.resolve(Command.STDOUT).toFile())
            .redirectError(directory.resolve(Command.STDERR).toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    String bootId = ProcessEntry.bootId();
    Process process = builder.start();
    ProcessEntry leader =
        ProcessEntry.read(process.pid())
            .orElseThrow(() -> new IOException("The launcher ended before it was seen."));
    return new Program(process, id, new ProcessGroup(leader.pid(), leader.startTicks(), bootId));
  }

  /**
   * The command line that holds a program back.
   *
   * @param line the program and its arguments
   * @param limits what the shell does first, to hold itself to limits
   */
  static List<String> launcher(List<String> line, int niceness, String limits) {
    var launcher = new ArrayList<>(List.of("setsid", "nice", "-n", Integer.toString(niceness)));
    launcher.addAll(List.of("sh", "-c", limits + LAUNCHER, "fermata"));
    launcher.addAll(line);
    return launcher;
  }

  ProcessGroup group() {
    return group;
  }

  /** Has something done as soon as the program has exited; its return code is known after that. */
  void whenExited(Runnable action) {
    exit =
        exit.thenApply(
            exited -> {
              action.run();
              return exited;
            });
  }

  /** Lets the program begin. */
  void go() throws IOException {
    try (OutputStream input = process.getOutputStream()) {
      input.write("go\n".getBytes(US_ASCII));
    }
  }

  /** Waits for the program to exit by itself; says whether it has. */
  boolean exits(Duration within) throws InterruptedException {
    return process.waitFor(within.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Ends whatever is alive of it, with {@link ProcessTree#end}.
   *
   * @return how many processes were ended
   */
  int end(Duration grace) {
    return tree.end(grace);
  }

  /** What it exited with, or 128 + n when signal n ended it; only after its end. */
  int returnCode() {
    return exit.join().exitValue();
  }
}
