package dev.fermata.tool.command;

import dev.fermata.kind.Format;
import dev.fermata.kind.Input;
import dev.fermata.kind.Inputs;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A program as a kind declares it, valid by construction ({@link Declaration}). Immutable.
 *
 * @param elements the program, always a literal, and its arguments
 * @param files what is written before the start, by path relative to the experiment directory
 * @param result which file holds the result, relative to the experiment directory
 */
record Command(
    Inputs inputs,
    List<Template> elements,
    Map<String, Template> files,
    Map<String, Template> environment,
    String result,
    Set<Integer> successCodes,
    int niceness,
    ProcessLimits limits,
    @Nullable String install) {

  static final String STDOUT = "stdout";
  static final String STDERR = "stderr";

  String program() {
    return elements.getFirst().in(Map.of());
  }

  /** The inputs that the program finds as files under their own names. */
  List<Input> fileInputs() {
    return inputs.declared().stream().filter(input -> input.format() == Format.FILE).toList();
  }

  /** What stands in the templates for each input: its value, or the name of its file. */
  Map<String, String> standIns(Map<String, String> values) {
    var standIns = new HashMap<>(values);
    fileInputs().forEach(input -> standIns.put(input.name(), input.name()));
    return standIns;
  }

  /** The program and its arguments for one job. */
  List<String> line(Map<String, String> values) {
    var standIns = standIns(values);
    return elements.stream().map(element -> element.in(standIns)).toList();
  }

  /** What is written for one job, by path. */
  Map<String, String> fileTexts(Map<String, String> values) {
    return filled(files, values);
  }

  /** The declared variables for one job. */
  Map<String, String> variables(Map<String, String> values) {
    return filled(environment, values);
  }

  private Map<String, String> filled(Map<String, Template> templates, Map<String, String> values) {
    var standIns = standIns(values);
    var filled = new LinkedHashMap<String, String>();
    templates.forEach((name, template) -> filled.put(name, template.in(standIns)));
    return filled;
  }
}
