package dev.fermata.tool.align;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a kind with {@code handler: align} can be told.
 *
 * @param database a Spring resource location such as {@code classpath:...}, or the path of a FASTA
 *     file of proteins
 * @param gapOpen what opening a gap costs, besides its residues; see {@link GapCosts}
 * @param gapExtend what each residue of a gap costs, the first one too
 * @param maxHits the most hits that a job reports
 * @param niceness how far the computing threads stand back: the nice value of setpriority(2)
 */
public record AlignSettings(
    @DefaultValue(AlignSettings.SHIPPED) String database,
    @DefaultValue("11") int gapOpen,
    @DefaultValue("1") int gapExtend,
    @DefaultValue("50") int maxHits,
    @DefaultValue("10") int niceness) {

  /** The database that needs nothing installed. */
  static final String SHIPPED = "classpath:databases/proteins.fasta";

  public AlignSettings {
    require(!database.isBlank(), "database: name a FASTA file of proteins");
    require(gapOpen >= 1 && gapOpen <= 100, "gap-open: from 1 to 100");
    require(gapExtend >= 1 && gapExtend <= 100, "gap-extend: from 1 to 100");
    require(maxHits >= 1 && maxHits <= 10_000, "max-hits: from 1 to 10000");
    require(niceness >= 0 && niceness <= 19, "niceness: from 0 to 19");
  }

  GapCosts gapCosts() {
    return new GapCosts(gapOpen, gapExtend);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
