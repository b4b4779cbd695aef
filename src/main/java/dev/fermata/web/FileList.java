package dev.fermata.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a job. */
record FileList(List<One> files) implements Spoken {

  /**
   * One of them.
   *
   * @param name its path relative to the experiment directory
   * @param sha256 in hexadecimal; null while the job can still change the file
   */
  record One(String name, long size, @Nullable String sha256) {}

  @Override
  public String line() {
    return files.isEmpty() ? "No files." : String.join(" ", files.stream().map(One::name).toList());
  }
}
