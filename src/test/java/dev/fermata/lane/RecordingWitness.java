package dev.fermata.lane;

import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it hears; told to fail, it does so after it has heard. */
final class RecordingWitness implements Witness {

  volatile boolean fails;

  final List<Job> submitted = new CopyOnWriteArrayList<>();
  final List<Passage> passages = new CopyOnWriteArrayList<>();

  @Override
  public void submitted(Job job) {
    submitted.add(job);
    fail();
  }

  @Override
  public void ended(Passage passage) {
    passages.add(passage);
    fail();
  }

  private void fail() {
    if (fails) {
      throw new IllegalStateException("the witness fails, as told");
    }
  }

  /** Returns when so many ends were told of a job, and answers them. */
  List<Passage> ends(JobId id, int count) {
    Workshop.awaitTrue(() -> of(id).size() >= count);
    return of(id);
  }

  private List<Passage> of(JobId id) {
    return passages.stream().filter(passage -> passage.id().equals(id)).toList();
  }
}
