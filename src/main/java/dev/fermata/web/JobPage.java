package dev.fermata.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the jobs, the newest first.
 *
 * @param next what {@code after=} takes to go on; null at the end
 */
record JobPage(
    @JsonIgnoreProperties({"input", "result"}) List<JobDocument> jobs, @Nullable String next)
    implements Spoken {

  @Override
  public String line() {
    String count = jobs.size() == 1 ? "1 job" : jobs.size() + " jobs";
    return next == null ? count + "." : count + ", and more after " + next + ".";
  }
}
