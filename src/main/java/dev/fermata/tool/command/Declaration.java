package dev.fermata.tool.command;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.fermata.directory.Directories;
import dev.fermata.kind.Input;
import dev.fermata.kind.Inputs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** A kind's settings on their way to a {@link Command}: everything wrong in them is said here. */
final class Declaration {

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String FILE = "file:";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*}");

  /** An option whose name goes on, or a file of options; behind these a value would name it. */
  private static final Pattern OPTION = Pattern.compile("-|--[^=:]*|@");

  /** Where the loader and interpreters find code or options. */
  private static final Pattern CODE = Pattern.compile("LD_.*|.*(PATH|LIB|OPTS?|OPTIONS|ENV)");

  /** Stands for whatever a client has to give. */
  private static final String SOMETHING = "x";

  private final String kind;
  private final Inputs inputs;
  private final Set<String> known;

  Declaration(String kind, Inputs inputs) {
    this.kind = kind;
    this.inputs = inputs;
    this.known = inputs.declared().stream().map(Input::name).collect(toUnmodifiableSet());
  }

  /**
   * Checks all of it.
   *
   * @throws IllegalArgumentException with what is wrong and where
   */
  Command check(CommandSettings settings) {
    var command =
        new Command(
            inputs,
            elements(settings.command()),
            files(settings.files()),
            environment(settings.environment()),
            result(settings.result()),
            Set.copyOf(settings.successCodes()),
            settings.niceness(),
            settings.limits(),
            settings.install());
    require(command.niceness() >= 0 && command.niceness() <= 19, "niceness", "goes from 0 to 19");
    check(command.limits());
    command.fileInputs().forEach(input -> writable("inputs." + input.name(), input.name()));
    takesDefaults(command);
    return command;
  }

  /** With less than that no program begins. */
  private void check(ProcessLimits limits) {
    atLeast(DataSize.ofMegabytes(16), limits.memory(), "memory", "16MB");
    atLeast(Duration.ofSeconds(1), limits.cpu(), "cpu", "1s");
    atLeast(1, limits.processes(), "processes", "1");
    atLeast(DataSize.ofBytes(1), limits.fileSize(), "file-size", "1B");
    atLeast(16, limits.openFiles(), "open-files", "16");
  }

  private <T extends Comparable<T>> void atLeast(
      T least, @Nullable T limit, String name, String words) {
    require(limit == null || limit.compareTo(least) >= 0, "limits." + name, "is at least " + words);
  }

  private List<Template> elements(List<String> texts) {
    require(!texts.isEmpty() && !texts.getFirst().isBlank(), "command", "names no program");
    var elements = new ArrayList<Template>();
    for (String text : texts) {
      elements.add(element("command[" + elements.size() + "]", text));
    }
    Template program = elements.getFirst();
    require(program.inputs().isEmpty(), "command[0]", "is the program: no client chooses it");
    String name = program.in(Map.of());
    require(
        name.startsWith("/") || !name.contains("/"),
        "command[0]",
        "is neither a name on the PATH nor an absolute path: " + name);
    return List.copyOf(elements);
  }

  private Template element(String place, String text) {
    Template element = template(place, text);
    boolean named = element.inputs().isEmpty() || !OPTION.matcher(element.beginning()).matches();
    require(
        named,
        place,
        "lets clients name an option; write it out, and the value in an element of its own: "
            + text);
    return element;
  }

  private Map<String, Template> files(Map<String, String> texts) {
    texts.keySet().forEach(name -> writable("files." + name, name));
    return templates("files.", texts);
  }

  private Map<String, Template> environment(Map<String, String> texts) {
    Map<String, Template> environment = templates("environment.", texts);
    environment.forEach(
        (name, value) -> {
          String place = "environment." + name;
          require(VARIABLE.matcher(name).matches(), place, "is no name for a variable");
          require(!name.startsWith("FERMATA_"), place, "is the server's to set");
          boolean fixed = value.inputs().isEmpty() || !CODE.matcher(name).matches();
          require(fixed, place, "says where programs find code or options: no client chooses it");
        });
    return environment;
  }

  private Map<String, Template> templates(String place, Map<String, String> texts) {
    var templates = new LinkedHashMap<String, Template>();
    texts.forEach((name, text) -> templates.put(name, template(place + name, text)));
    return templates;
  }

  private Template template(String place, String text) {
    return Template.parse("kind " + kind + ", " + place, text, known);
  }

  private String result(String text) {
    if (text.equals(Command.STDOUT)) {
      return text;
    }
    require(text.startsWith(FILE), "result", "is neither stdout nor file:NAME: " + text);
    String name = text.substring(FILE.length());
    inside("result", name);
    return name;
  }

  private void writable(String place, String name) {
    inside(place, name);
    boolean taken =
        Set.of(Command.STDOUT, Command.STDERR, SessionFile.NAME, Directories.TMP)
            .contains(Path.of(name).getName(0).toString());
    require(!taken, place, "takes a name that is the server's");
  }

  private void inside(String place, String name) {
    require(
        !PLACEHOLDER.matcher(name).find(),
        place,
        "takes no {input}, as no client names a file; write the name out, and the value into the"
            + " file");
    Path path = Path.of(name);
    boolean inside =
        !name.isEmpty()
            && !path.isAbsolute()
            && path.equals(path.normalize())
            && !path.startsWith("..");
    require(inside, place, "is no path inside the experiment directory: '" + name + "'");
  }

  /** What is refused of every job that leaves an input out is a mistake of the declaration. */
  private void takesDefaults(Command command) {
    var values = new HashMap<String, String>();
    for (Input input : inputs.declared()) {
      String left = Objects.requireNonNullElse(input.defaultValue(), "");
      values.put(input.name(), input.required() ? SOMETHING : left);
    }
    new Admission(command, values)
        .faults().stream()
            .filter(fault -> !fault.input().isEmpty())
            .findFirst()
            .ifPresent(
                fault ->
                    require(
                        false,
                        "inputs." + fault.input(),
                        "a job without it would be refused: " + fault.detail()));
  }

  private void require(boolean holds, String place, String complaint) {
    if (!holds) {
      throw new IllegalArgumentException("kind %s, %s: %s".formatted(kind, place, complaint));
    }
  }
}
