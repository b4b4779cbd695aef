package dev.fermata.retention;

import dev.fermata.directory.Directories;
import dev.fermata.job.Answer;
import dev.fermata.job.Event.Chunk;
import dev.fermata.job.Event.What;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.Reported;
import dev.fermata.job.Fact.Started;
import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.Outcome;
import dev.fermata.journal.Journal;
import dev.fermata.journal.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Jobs that leave something behind: events in a journal, and files on a disk. */
record Estate(Path root, Directories directories, Journal journal, Clock clock) {

  Estate(Path root, Journal journal, Clock clock) {
    this(root, new Directories(root), journal, clock);
  }

  /** A job that runs. */
  JobId begin(long seq, int chunks, int bytes) {
    journal.append(beginning(seq, chunks), () -> {}).join();
    write(Sample.id(seq), bytes);
    return Sample.id(seq);
  }

  private List<Fact> beginning(long seq, int chunks) {
    var job = new Job(Sample.id(seq), seq, Sample.submission("blastp", "default"), clock.instant());
    List<What> said = Collections.nCopies(chunks, new Chunk("stdout", "x".repeat(200)));
    return List.of(
        new Accepted(job),
        new Started(job.id(), 1, clock.instant()),
        new Reported(job.id(), 1, clock.instant(), said));
  }

  private void write(JobId job, int bytes) {
    try {
      Files.write(directories.create(job).resolve("stdout"), new byte[bytes]);
      directories.removeTemporaryFiles(job);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JobId end(JobId job) {
    store(ending(job));
    return job;
  }

  private Finished ending(JobId job) {
    var outcome = new Outcome.Succeeded(new Answer(null, 0));
    return new Finished(job, 1, clock.instant(), null, outcome, null, List.of(), null);
  }

  /** A job that has ended, now. */
  JobId job(long seq, int chunks, int bytes) {
    return end(begin(seq, chunks, bytes));
  }

  /** So many of them, in one commit. */
  void jobs(long firstSeq, int count, int chunks, int bytes) {
    var facts = new ArrayList<Fact>();
    for (long seq = firstSeq; seq < firstSeq + count; seq++) {
      facts.addAll(beginning(seq, chunks));
      facts.add(ending(Sample.id(seq)));
      write(Sample.id(seq), bytes);
    }
    journal.append(facts, () -> {}).join();
  }

  boolean hasFiles(JobId job) {
    return Files.exists(directories.of(job));
  }

  long directoryCount() {
    try (Stream<Path> all = Files.list(root)) {
      return all.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void store(Fact... facts) {
    journal.append(List.of(facts), () -> {}).join();
  }
}
