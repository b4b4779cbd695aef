package dev.fermata.tool.command;

import dev.fermata.kind.HandlerFactory;
import dev.fermata.kind.Inputs;
import dev.fermata.kind.JobHandler;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Makes the handlers of kinds that run a program. */
@Component("command")
final class CommandHandlerFactory implements HandlerFactory<CommandSettings> {

  private final Duration killGrace;
  private final OutputLimits limits;

  CommandHandlerFactory(
      @Value("${fermata.kill-grace:2s}") Duration killGrace,
      @Value("${fermata.limits.output:1GB}") DataSize bytes,
      @Value("${fermata.limits.files:10000}") int files,
      @Value("${fermata.limits.events:16MB}") DataSize events) {
    this.killGrace = killGrace;
    this.limits = new OutputLimits(bytes, files, events);
  }

  @Override
  public Class<CommandSettings> settings() {
    return CommandSettings.class;
  }

  @Override
  public JobHandler create(String kind, Inputs inputs, CommandSettings settings) {
    Command command = new Declaration(kind, inputs).check(settings);
    return new CommandHandler(command, killGrace, limits);
  }
}
