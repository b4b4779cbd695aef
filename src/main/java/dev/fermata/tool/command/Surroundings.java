package dev.fermata.tool.command;

import dev.fermata.directory.Directories;
import dev.fermata.job.Traceparent;
import dev.fermata.kind.Run;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The environment of programs: little of the server's, so that none of its secrets leak. */
final class Surroundings {

  private static final List<String> INHERITED = List.of(SearchPath.VARIABLE, "HOME", "LANG");

  private final Command command;

  Surroundings(Command command) {
    this.command = command;
  }

  /** All variables for one attempt; what the kind declares wins over what is inherited. */
  Map<String, String> of(Run run) {
    String tmp = run.directory().toAbsolutePath().resolve(Directories.TMP).toString();
    var variables = inherited();
    variables.put("TMPDIR", tmp);
    variables.put("MAFFT_TMPDIR", tmp);
    variables.putAll(command.variables(run.job().submission().inputs()));
    variables.put(ProcessTree.MARK, run.job().id().toString());
    variables.put("FERMATA_ATTEMPT", Integer.toString(run.attempt()));
    @Nullable Traceparent traceparent = run.job().submission().traceparent();
    if (traceparent != null) {
      variables.put("FERMATA_TRACEPARENT", traceparent.toString());
    }
    if (run.session() != null) {
      variables.put("FERMATA_SESSION", SessionFile.path(run).toString());
    }
    return variables;
  }

  /** Where the program is looked for; the same for every job. */
  SearchPath searchPath() {
    String declared = command.variables(Map.of()).get(SearchPath.VARIABLE);
    return declared == null ? SearchPath.inherited() : new SearchPath(declared);
  }

  private static Map<String, String> inherited() {
    var variables = new HashMap<String, String>();
    for (String name : INHERITED) {
      String value = System.getenv(name);
      if (value != null) {
        variables.put(name, value);
      }
    }
    return variables;
  }
}
