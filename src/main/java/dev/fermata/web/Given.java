package dev.fermata.web;

import dev.fermata.kind.Content;
import dev.fermata.kind.Format;
import dev.fermata.kind.Input;
import java.nio.charset.StandardCharsets;

/** A value for an input, in the form in which the client gave it. */
sealed interface Given {

  /** The value as the kind takes it. */
  String as(Input input);

  /** A text, or a JSON string, number or boolean; for a file it may be a {@code data:} URL. */
  record Text(String text) implements Given {
    @Override
    public String as(Input input) {
      return text;
    }
  }

  /** A JSON object, array or null, as it was written. */
  record Json(String source) implements Given {
    @Override
    public String as(Input input) {
      if (input.format() == Format.JSON) {
        return source;
      }
      throw Problem.INVALID_INPUT.at(
          Rejected.Fault.pointer("input", input.name()), input.name() + " must be a string.");
    }
  }

  /** A file, or a part of a multipart form. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Bytes(byte[] bytes) implements Given {
    @Override
    public String as(Input input) {
      if (input.format() == Format.FILE) {
        return Content.encode(bytes);
      }
      return Percent.text(bytes, StandardCharsets.UTF_8)
          .orElseThrow(
              () ->
                  Problem.INVALID_INPUT.at(
                      Rejected.Fault.pointer("input", input.name()),
                      input.name() + " isn't valid UTF-8."));
    }
  }
}
