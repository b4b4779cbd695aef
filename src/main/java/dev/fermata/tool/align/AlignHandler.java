package dev.fermata.tool.align;

import dev.fermata.job.Answer;
import dev.fermata.job.Reason;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Run;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Answers with the proteins of a database that resemble the query. Safe for several workers. */
final class AlignHandler implements JobHandler {

  static final String QUERY_NAME = "query_name";
  static final String QUERY_SEQUENCE = "query_sequence";

  private static final int BYTES_PER_CELL = 36;

  /** What is aligned in a second or so: BioJava can't be interrupted. */
  private static final long MAX_CELLS = 10_000_000;

  private final DatabaseSource source;
  private final AlignSettings settings;
  private final int cores;
  private final long maxCells;

  AlignHandler(DatabaseSource source, AlignSettings settings, int cores, long memory) {
    this.source = source;
    this.settings = settings;
    this.cores = cores;
    this.maxCells = Math.min(MAX_CELLS, memory / 4 / BYTES_PER_CELL / cores);
  }

  @Override
  public Answer run(Run run) throws Exception {
    Residues query = Residues.of(run.input(QUERY_SEQUENCE));
    List<Hit> hits = search(query, run);
    if (!run.settle()) {
      throw new InterruptedException("stopped when all was computed");
    }
    warn(query, hits, run);
    return new Answer(new Report(run.input(QUERY_NAME), hits).write(run.directory()), null);
  }

  @Override
  public Optional<String> unavailable() {
    try {
      source.current();
      return Optional.empty();
    } catch (DatabaseUnavailable e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private List<Hit> search(Residues query, Run run)
      throws JobFailed, InterruptedException, ExecutionException {
    var aligner = new Aligner(query, settings.gapCosts(), maxCells);
    var search = new Search(database(), aligner, settings.maxHits());
    try (var crew = new Crew(cores, settings.niceness())) {
      return search.hits(crew, run::progress);
    }
  }

  private Database database() throws JobFailed {
    try {
      return source.current();
    } catch (DatabaseUnavailable e) {
      throw new JobFailed(Reason.KIND_UNAVAILABLE, String.valueOf(e.getMessage()), null);
    }
  }

  private static void warn(Residues query, List<Hit> hits, Run run) {
    if (query.hasUnscored()) {
      run.warn(
          QUERY_SEQUENCE + ": J, O and U are scored as X, because BLOSUM62 does not have them");
    }
    long unwritten = hits.stream().filter(hit -> hit.alignment() == null).count();
    if (unwritten > 0) {
      run.warn(unwritten + " hits are too long for their alignment to be written out");
    }
  }
}
