package dev.fermata.tool.command;

import dev.fermata.job.Answer;
import dev.fermata.job.Reason;
import dev.fermata.job.Result;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a program in the experiment directory; whatever becomes of it, nothing of its process tree
 * is alive when {@link #run} is left. Safe for use by many threads.
 */
final class CommandHandler implements JobHandler {

  private static final Logger log = LoggerFactory.getLogger(CommandHandler.class);

  private static final int LAST_WORDS = 500;

  private final Command command;
  private final Surroundings surroundings;
  private final Duration killGrace;
  private final OutputLimits limits;

  CommandHandler(Command command, Duration killGrace, OutputLimits limits) {
    this.command = command;
    this.surroundings = new Surroundings(command);
    this.killGrace = killGrace;
    this.limits = limits;
  }

  @Override
  public void check(Map<String, String> inputs) {
    new Admission(command, inputs).check();
  }

  @Override
  public Optional<String> unavailable() {
    if (!Files.exists(Path.of("/proc/self/stat"))) {
      return Optional.of("Programs run on Linux only: this system has no /proc.");
    }
    for (String launcher : Program.LAUNCHERS) {
      if (!SearchPath.inherited().has(launcher)) {
        return Optional.of("The server needs '" + launcher + "' on its PATH to run programs.");
      }
    }
    return surroundings.searchPath().has(command.program())
        ? Optional.empty()
        : Optional.of(missing());
  }

  @Override
  public Answer run(Run run) throws Exception {
    new InputFiles(command).write(run);
    Optional<SessionFile> session = SessionFile.write(run);
    var watch = new OutputWatch(run.directory(), limits);
    int returnCode = execute(run, watch);
    if (watch.exceeded()) {
      throw watch.failure(returnCode);
    }
    if (!command.successCodes().contains(returnCode)) {
      throw failure(run, returnCode);
    }
    if (session.isPresent()) {
      session.get().readBack(returnCode);
    }
    return new Answer(result(run), returnCode);
  }

  private int execute(Run run, OutputWatch watch) throws IOException, JobFailed {
    try (var _ = OutputEvents.follow(run, limits.events())) {
      return new Execution(run, watch::exceeded, killGrace).of(launch(run));
    }
  }

  private String missing() {
    String sentence = "The program '" + command.program() + "' is not installed on the server";
    if (command.program().contains(" ")) {
      return sentence + "; a command is a list of arguments: [program, argument].";
    }
    return command.install() == null ? sentence + "." : sentence + ": " + command.install();
  }

  private Program launch(Run run) throws JobFailed {
    List<String> line = command.line(run.job().submission().inputs());
    try {
      return Program.launch(
          run.job().id(),
          run.directory(),
          Program.launcher(line, command.niceness(), command.limits().script(limits.bytes())),
          surroundings.of(run));
    } catch (IOException e) {
      log.error("Job {}: program '{}' can't be started", run.job().id(), command.program(), e);
      String told = "The program '" + command.program() + "' could not be started.";
      throw new JobFailed(Reason.HANDLER_ERROR, told, null);
    }
  }

  private JobFailed failure(Run run, int returnCode) throws IOException {
    var stderr = new OutputFile(run.directory(), Command.STDERR);
    String lastWords = stderr.exists() ? stderr.end(LAST_WORDS) : "";
    String code = ReturnCode.inWords(returnCode);
    return new JobFailed(
        Reason.EXIT_CODE,
        code
            + command.limits().toldBy(code + lastWords)
            + (lastWords.isEmpty() ? "" : " Its last words: " + lastWords),
        returnCode);
  }

  private @Nullable Result result(Run run) throws IOException {
    var file = new OutputFile(run.directory(), command.result());
    if (!file.exists()) {
      run.warn("The program ended well but made no file '" + command.result() + "'.");
      return null;
    }
    if (file.empty()) {
      run.warn(
          """
          The program ended well but produced nothing: '%s' is empty. Either it found nothing, or \
          the input was not what it expects; 'stderr' may say more."""
              .formatted(command.result()));
    }
    return file.result();
  }
}
