package dev.fermata.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/** The answer to the short form of a submission, with the keys that its clients look for. */
record ShortForm(
    @JsonProperty("Query created") Created created,
    @JsonProperty("Query ID") String id,
    @JsonProperty("Backlog Length") int length)
    implements Spoken {

  /** The query as it was taken. */
  record Created(
      @JsonProperty("query_name") String name,
      @JsonProperty("query_sequence") String sequence,
      @JsonProperty("experiment_id") String id,
      @JsonProperty("status") String status,
      @JsonProperty("experiment_dir") String directory) {}

  static ShortForm of(JobDocument job, int length) {
    Map<String, String> input = job.input();
    var created =
        new Created(
            input.getOrDefault("query_name", ""),
            input.getOrDefault("query_sequence", ""),
            job.id(),
            "queued",
            job.links().files());
    return new ShortForm(created, job.id(), length);
  }

  @Override
  public String line() {
    return "Query " + id + " created. " + BacklogDocument.sentence(length);
  }
}
