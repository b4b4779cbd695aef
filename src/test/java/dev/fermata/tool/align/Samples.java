package dev.fermata.tool.align;

import dev.fermata.kind.Format;
import dev.fermata.kind.Input;
import dev.fermata.kind.Inputs;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.DefaultResourceLoader;

/** The sequences and settings that the tests use. */
final class Samples {

  static final Inputs INPUTS =
      new Inputs(List.of(input(AlignHandler.QUERY_NAME), input(AlignHandler.QUERY_SEQUENCE)));

  private Samples() {}

  static AlignSettings against(String database) {
    return new AlignSettings(database, 11, 1, 50, 10);
  }

  static JobHandler handler(AlignSettings settings) {
    return new AlignFactory(new DefaultResourceLoader()).create("align", INPUTS, settings);
  }

  static Database shipped() throws DatabaseUnavailable {
    return new DatabaseSource(new DefaultResourceLoader().getResource(AlignSettings.SHIPPED))
        .current();
  }

  static List<Target> queries() throws IOException {
    try (var lines = Files.newBufferedReader(file("queries.fasta"))) {
      return Fasta.read(lines);
    }
  }

  static String humanBetaGlobin() throws IOException {
    return queries().getFirst().residues().letters();
  }

  static Path file(String name) throws IOException {
    return new ClassPathResource(name, Samples.class).getFile().toPath();
  }

  private static Input input(String name) {
    return new Input(name, true, false, Format.TEXT, null, null, 1_000_000, Records.ONE);
  }
}
