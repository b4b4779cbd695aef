package dev.fermata.tool.align;

import dev.fermata.job.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The hits of one job as files and as its result.
 *
 * <p>{@value #JSON_FILE} is {@code {"hits":[{target, description, score, identity, similarity,
 * queryStart, queryEnd, targetStart, targetEnd, alignment:{query, midline, target}}]}}: ranges
 * count from 1 and include both ends; identity and similarity (a score above 0) are fractions of
 * the columns of the alignment.
 *
 * <p>{@value #TABLE_FILE} has one tab-separated line for each hit under the header line {@code
 * qseqid sseqid pident length mismatch gapopen qstart qend sstart send score}: the columns 1 to 10
 * of BLAST's format 6, and the raw score where BLAST has E-value and bit score. What needs an
 * alignment is {@code NA} when there is none.
 */
record Report(String queryName, List<Hit> hits) {

  static final String JSON_FILE = "hits.json";
  static final String TABLE_FILE = "hits.tsv";

  private static final String HEADER =
      "qseqid\tsseqid\tpident\tlength\tmismatch\tgapopen\tqstart\tqend\tsstart\tsend\tscore\n";

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private record Document(List<Entry> hits) {}

  private record Entry(
      String target,
      String description,
      int score,
      @Nullable Double identity,
      @Nullable Double similarity,
      int queryStart,
      int queryEnd,
      int targetStart,
      int targetEnd,
      @Nullable Alignment alignment) {

    static Entry of(Hit hit) {
      Alignment alignment = hit.alignment();
      return new Entry(
          hit.target(),
          hit.description(),
          hit.score(),
          alignment == null ? null : alignment.identity(),
          alignment == null ? null : alignment.similarity(),
          hit.queryRange().start(),
          hit.queryRange().end(),
          hit.targetRange().start(),
          hit.targetRange().end(),
          alignment);
    }
  }

  /** Writes both files; the result is inline when it is short enough. */
  Result write(Path directory) throws IOException {
    byte[] json = MAPPER.writeValueAsBytes(new Document(hits.stream().map(Entry::of).toList()));
    Files.write(directory.resolve(JSON_FILE), json);
    Files.writeString(directory.resolve(TABLE_FILE), table());
    return json.length <= Result.INLINE_BYTES
        ? Result.inline(Result.JSON, new String(json, StandardCharsets.UTF_8))
        : Result.inFile(Result.JSON, JSON_FILE);
  }

  private String table() {
    var table = new StringBuilder(HEADER);
    hits.forEach(hit -> table.append(line(hit)));
    return table.toString();
  }

  private String line(Hit hit) {
    return String.format(
        Locale.ROOT,
        "%s\t%s\t%s\t%d\t%d\t%d\t%d\t%d\n",
        queryName,
        hit.target(),
        columns(hit.alignment()),
        hit.queryRange().start(),
        hit.queryRange().end(),
        hit.targetRange().start(),
        hit.targetRange().end(),
        hit.score());
  }

  private static String columns(@Nullable Alignment alignment) {
    if (alignment == null) {
      return "NA\tNA\tNA\tNA";
    }
    return String.format(
        Locale.ROOT,
        "%.3f\t%d\t%d\t%d",
        100 * alignment.identity(),
        alignment.columns(),
        alignment.mismatches(),
        alignment.gaps());
  }
}
