package dev.fermata.job;

import org.jspecify.annotations.Nullable;

/**
 * What a handler returned: a short text, or the name of a file in the experiment directory.
 *
 * @param mediaType {@code application/json} when the whole is a JSON object or array, else {@code
 *     text/plain}, or {@code application/octet-stream} for a file that is not text
 * @param text the whole, when it is at most {@link #INLINE_BYTES} bytes of UTF-8; else null
 * @param file the path relative to the experiment directory, when {@code text} is null
 */
public record Result(String mediaType, @Nullable String text, @Nullable String file) {

  /** The most that a job document carries of a result, in bytes. */
  public static final int INLINE_BYTES = 64 * 1024;

  public static final String JSON = "application/json";
  public static final String TEXT = "text/plain";
  public static final String BINARY = "application/octet-stream";

  public Result {
    if ((text == null) == (file == null)) {
      throw new IllegalArgumentException("a result is either a text or a file");
    }
  }

  public static Result inline(String mediaType, String text) {
    return new Result(mediaType, text, null);
  }

  public static Result inFile(String mediaType, String file) {
    return new Result(mediaType, null, file);
  }
}
