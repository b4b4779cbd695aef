package dev.fermata.tool.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fermata.directory.Directories;
import dev.fermata.kind.Content;
import dev.fermata.kind.Input;
import dev.fermata.kind.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a program finds in its directory at its start. */
final class InputFiles {

  private final Command command;

  InputFiles(Command command) {
    this.command = command;
  }

  void write(Run run) throws IOException {
    Path directory = run.directory();
    Files.createDirectories(directory.resolve(Directories.TMP));
    for (Input input : command.fileInputs()) {
      write(directory.resolve(input.name()), Content.decode(run.input(input.name())));
    }
    for (var file : command.fileTexts(run.job().submission().inputs()).entrySet()) {
      write(directory.resolve(file.getKey()), file.getValue().getBytes(UTF_8));
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.write(file, content);
  }
}
