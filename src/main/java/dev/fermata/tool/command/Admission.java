package dev.fermata.tool.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fermata.kind.Content;
import dev.fermata.kind.Input;
import dev.fermata.kind.InvalidInput;
import dev.fermata.kind.InvalidInput.Fault;
import java.nio.charset.Charset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the inputs of one job must be so that they can be handed to the program. */
final class Admission {

  /**
   * The most that Linux takes as one argument or variable, in bytes: MAX_ARG_STRLEN, less its 0.
   */
  private static final int ARGUMENT_BYTES = 32 * 4096 - 1;

  /**
   * The most that all of them take together: a quarter of the usual stack of 8 MB, as Linux has it,
   * less the rest of the environment.
   */
  private static final int TOGETHER_BYTES = 1_900_000;

  /**
   * What Java encodes arguments in: the locale's, which turns what it lacks into question marks.
   */
  private static final Charset LOCALE =
      Charset.forName(System.getProperty("sun.jnu.encoding", UTF_8.name()));

  private final Command command;
  private final Map<String, String> values;
  private final Map<String, String> standIns;
  private final Set<Fault> faults = new LinkedHashSet<>();

  Admission(Command command, Map<String, String> values) {
    this.command = command;
    this.values = values;
    this.standIns = command.standIns(values);
  }

  /**
   * Looks at everything.
   *
   * @throws InvalidInput with everything that is wrong
   */
  void check() {
    List<Fault> found = faults();
    if (!found.isEmpty()) {
      throw new InvalidInput(found);
    }
  }

  /** Everything that is wrong. */
  List<Fault> faults() {
    command.inputs().declared().forEach(this::checkNul);
    command.fileInputs().forEach(this::checkBase64);
    checkLineBreaks();
    command.elements().forEach(this::checkStart);
    List<Template> handedOver =
        Stream.concat(command.elements().stream(), command.environment().values().stream())
            .toList();
    handedOver.forEach(this::checkStaysInside);
    command.elements().forEach(element -> checkFits(element, 0));
    command.environment().forEach((name, value) -> checkFits(value, name.length() + 1));
    checkFitsTogether();
    return List.copyOf(faults);
  }

  private void checkNul(Input input) {
    if (value(input.name()).indexOf('\0') >= 0) {
      refuse(input.name(), "It holds a NUL character, which no program can be given.");
    }
  }

  private void checkBase64(Input input) {
    try {
      Content.decode(value(input.name()));
    } catch (IllegalArgumentException e) {
      refuse(input.name(), "It is not valid base64: " + e.getMessage() + ".");
    }
  }

  private void checkLineBreaks() {
    Set<String> files = command.fileInputs().stream().map(Input::name).collect(Collectors.toSet());
    command.elements().stream()
        .flatMap(element -> element.inputs().stream())
        .distinct()
        .filter(input -> !files.contains(input))
        .filter(input -> value(input).chars().anyMatch(c -> c == '\n' || c == '\r'))
        .forEach(input -> refuse(input, "It becomes an argument, so that it must be one line."));
  }

  private void checkStart(Template element) {
    element.parts().stream()
        .filter(part -> !part.in(standIns).isEmpty())
        .findFirst()
        .ifPresent(
            first -> first.input().ifPresent(input -> checkStart(input, first.in(standIns))));
  }

  private void checkStart(String input, String value) {
    if (value.startsWith("-")) {
      refuse(input, "It must not begin with '-': the program would take it as an option.");
    } else if (value.startsWith("@")) {
      refuse(input, "It must not begin with '@': a program may take it as a file of options.");
    }
  }

  private void checkStaysInside(Template template) {
    WayOut.by(template, standIns)
        .ifPresent(
            input ->
                refuse(
                    input,
                    """
                    A program would read it as a path that leads out of the job's directory: '/', \
                    '~' or '..'. If it is no path, the kind can hand it over in a file (files:)."""));
  }

  /** A variable goes with its name and an equals sign. */
  private void checkFits(Template template, int before) {
    String text = template.in(standIns);
    String input = template.inputs().stream().findFirst().orElse("");
    int most = ARGUMENT_BYTES - before;
    if (text.getBytes(UTF_8).length > most) {
      refuse(input, "It is too long for an argument: the most is " + most + " bytes.");
    }
    if (!LOCALE.newEncoder().canEncode(text)) {
      refuse(input, "The server's locale can't spell it; LANG=C.UTF-8 at its start would help.");
    }
  }

  private void checkFitsTogether() {
    long bytes =
        Stream.concat(command.elements().stream(), command.environment().values().stream())
            .mapToLong(template -> template.in(standIns).getBytes(UTF_8).length)
            .sum();
    if (bytes > TOGETHER_BYTES) {
      refuse(
          "",
          "Together the inputs are too long for arguments: the most is "
              + TOGETHER_BYTES
              + " bytes. The kind can hand them over in files (files:).");
    }
  }

  private String value(String input) {
    return values.getOrDefault(input, "");
  }

  private void refuse(String input, String detail) {
    faults.add(new Fault(input, detail));
  }
}
