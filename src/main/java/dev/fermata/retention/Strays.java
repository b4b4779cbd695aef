package dev.fermata.retention;

import dev.fermata.directory.Directories;
import dev.fermata.job.JobId;
import dev.fermata.journal.Kept;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Directories that belong to no job, or to one whose files were removed: what a crash left between
 * the fact and its files.
 */
final class Strays {

  private static final Logger log = LoggerFactory.getLogger(Strays.class);

  /** A million directories are ten thousand looks into the journal, of a millisecond each. */
  private static final int BATCH = 100;

  private final Kept kept;
  private final Directories directories;
  private final Removal removal;
  private final Leisure leisure;

  Strays(Kept kept, Directories directories, Removal removal, Leisure leisure) {
    this.kept = kept;
    this.directories = directories;
    this.removal = removal;
    this.leisure = leisure;
  }

  /** Removes them all. */
  void remove() {
    try {
      directories.walk(BATCH, ids -> leisure.take(() -> removeStrays(ids)));
    } catch (IOException e) {
      log.warn("Directories that belong to no job could not be looked for", e);
    }
  }

  /** A directory is made after its job was stored: whoever is not in the journal now never was. */
  private void removeStrays(List<JobId> ids) {
    Set<JobId> owners = kept.owners(ids);
    var strays = new ArrayList<>(ids);
    strays.removeAll(owners);
    strays.forEach(removal::removeDirectory);
    if (!strays.isEmpty()) {
      log.info("Removed {} directories that belonged to no job", strays.size());
    }
  }
}
