package dev.fermata.tool.align;

import dev.fermata.job.Progress;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Compares one query with every record of a database: scores them all, then aligns the best.
 *
 * <p>A record becomes a hit when chance alone would give at most one such score in a search of this
 * size: {@code K m n exp(-lambda S) <= 1} (Karlin and Altschul 1990), with m and n the residues of
 * query and database, S the score, and K and lambda as NCBI BLAST has them for BLOSUM62 with gap
 * costs 11 and 1. For other gap costs that is only roughly so.
 */
record Search(Database database, Aligner aligner, int maxHits) {

  private static final double LAMBDA = 0.267;
  private static final double K = 0.041;

  private record Scored(Target target, LocalScore score) {}

  /**
   * The hits, best score first, equals in the order of the database.
   *
   * @throws InterruptedException when the calling thread is interrupted
   * @throws ExecutionException when the computation fails
   */
  List<Hit> hits(Crew crew, Consumer<Progress> progress)
      throws InterruptedException, ExecutionException {
    List<Callable<Hit>> pieces =
        best(scoreAll(crew, progress)).stream()
            .map(best -> (Callable<Hit>) () -> aligner.align(best.target(), best.score()))
            .toList();
    return crew.work(pieces, count -> {});
  }

  private List<Scored> scoreAll(Crew crew, Consumer<Progress> progress)
      throws InterruptedException, ExecutionException {
    int total = database.targets().size();
    List<Callable<Scored>> pieces =
        database.targets().stream()
            .map(target -> (Callable<Scored>) () -> new Scored(target, aligner.score(target)))
            .toList();
    return crew.work(pieces, count -> progress.accept(scored(count, total)));
  }

  private static Progress scored(int count, int total) {
    return new Progress(count / (double) total, "%d of %d sequences".formatted(count, total));
  }

  private List<Scored> best(List<Scored> all) {
    int least = leastScore(aligner.query().length(), database.residues());
    return all.stream()
        .filter(scored -> scored.score().score() >= least)
        .sorted(Comparator.comparingInt((Scored scored) -> scored.score().score()).reversed())
        .limit(maxHits)
        .toList();
  }

  /** The lowest score that is reported, at least 1. */
  static int leastScore(long queryResidues, long databaseResidues) {
    double byChance = K * queryResidues * databaseResidues;
    return (int) Math.max(1, Math.ceil(Math.log(byChance) / LAMBDA));
  }
}
