package dev.fermata.tool.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a kind that runs a program adds to the settings of every kind.
 *
 * @param command the program and its arguments, each a {@link Template}
 * @param files by name: templates of what is written into the experiment directory before the start
 * @param environment by name: templates of variables for the program
 * @param result {@code stdout}, or {@code file:NAME} in the experiment directory
 * @param successCodes the return codes that mean success
 * @param niceness from 0 to 19, added to the server's own
 * @param limits what each of its processes may take of the machine
 * @param install what to type when the program is missing, for people; null when there is no hint
 */
public record CommandSettings(
    @DefaultValue List<String> command,
    @DefaultValue Map<String, String> files,
    @DefaultValue Map<String, String> environment,
    @DefaultValue("stdout") String result,
    @DefaultValue("0") List<Integer> successCodes,
    @DefaultValue("10") int niceness,
    @DefaultValue ProcessLimits limits,
    @Nullable String install) {}
