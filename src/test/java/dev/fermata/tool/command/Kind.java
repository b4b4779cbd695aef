package dev.fermata.tool.command;

import dev.fermata.kind.Format;
import dev.fermata.kind.Input;
import dev.fermata.kind.Inputs;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/** Declares a kind for a test: inputs, settings, and what the server says. */
final class Kind {

  private final List<Input> inputs = new ArrayList<>();
  private Map<String, String> files = Map.of();
  private Map<String, String> environment = Map.of();
  private String result = "stdout";
  private List<Integer> successCodes = List.of(0);
  private int niceness = 10;
  private ProcessLimits limits = ProcessLimits.NONE;
  private Duration killGrace = Duration.ofMillis(300);
  private DataSize outputLimit = DataSize.ofMegabytes(10);
  private int fileLimit = 10_000;
  private DataSize eventLimit = DataSize.ofMegabytes(1);

  static Kind with(String... texts) {
    var kind = new Kind();
    for (String name : texts) {
      kind.input(name, Format.TEXT);
    }
    return kind;
  }

  Kind input(String name, Format format) {
    inputs.add(new Input(name, false, false, format, null, null, 1_000_000, Records.ONE));
    return this;
  }

  Kind byDefault(String name, String value) {
    inputs.add(new Input(name, false, false, Format.TEXT, value, null, 1_000, Records.ONE));
    return this;
  }

  Kind files(Map<String, String> value) {
    files = value;
    return this;
  }

  Kind environment(Map<String, String> value) {
    environment = value;
    return this;
  }

  Kind result(String value) {
    result = value;
    return this;
  }

  Kind successCodes(Integer... value) {
    successCodes = List.of(value);
    return this;
  }

  Kind niceness(int value) {
    niceness = value;
    return this;
  }

  Kind limits(ProcessLimits value) {
    limits = value;
    return this;
  }

  Kind killGrace(Duration value) {
    killGrace = value;
    return this;
  }

  Kind outputLimit(DataSize value) {
    outputLimit = value;
    return this;
  }

  Kind fileLimit(int value) {
    fileLimit = value;
    return this;
  }

  Kind eventLimit(DataSize value) {
    eventLimit = value;
    return this;
  }

  JobHandler command(String... command) {
    return new CommandHandlerFactory(killGrace, outputLimit, fileLimit, eventLimit)
        .create(
            "test",
            new Inputs(inputs),
            new CommandSettings(
                List.of(command),
                files,
                environment,
                result,
                successCodes,
                niceness,
                limits,
                "apt-get install it"));
  }

  /** A handler that runs a shell script. */
  JobHandler script(String script) {
    return command("sh", "-c", script.replace("{", "{{"));
  }
}
