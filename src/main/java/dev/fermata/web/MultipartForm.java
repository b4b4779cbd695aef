package dev.fermata.web;

import dev.fermata.kind.Input;
import dev.fermata.kind.Inputs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.tomcat.util.http.fileupload.MultipartStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;

/** A multipart form (RFC 7578): each part is the input of its name. */
final class MultipartForm {

  private MultipartForm() {}

  static Map<String, Given> read(Body body, Inputs inputs) {
    String boundary = body.type() == null ? null : body.type().getParameter("boundary");
    if (boundary == null) {
      throw BodyForms.unsupported("The multipart body names no boundary.");
    }
    try {
      return read(body.bytes(), boundary.replace("\"", ""), inputs);
    } catch (IOException | IllegalArgumentException e) {
      throw Problem.BAD_REQUEST.because("The multipart body is malformed.");
    }
  }

  private static Map<String, Given> read(byte[] bytes, String boundary, Inputs inputs)
      throws IOException {
    var parts =
        new MultipartStream(
            new ByteArrayInputStream(bytes), boundary.getBytes(StandardCharsets.ISO_8859_1), null);
    parts.setHeaderEncoding("UTF-8");
    var values = new LinkedHashMap<String, Given>();
    for (boolean more = parts.skipPreamble(); more; more = parts.readBoundary()) {
      Input input = input(name(parts.readHeaders()), inputs);
      var content = new ByteArrayOutputStream();
      parts.readBodyData(content);
      if (values.put(input.name(), new Given.Bytes(content.toByteArray())) != null) {
        throw BodyForms.fault(input.name(), "is given more than once");
      }
    }
    if (values.isEmpty()) {
      throw Problem.BAD_REQUEST.because("The multipart body has no part with its boundary.");
    }
    return values;
  }

  private static Input input(@Nullable String name, Inputs inputs) {
    if (name == null) {
      throw Problem.BAD_REQUEST.because("A part of the multipart body has no name.");
    }
    return inputs
        .find(name)
        .orElseThrow(
            () ->
                Problem.INVALID_INPUT.at(
                    Rejected.Fault.pointer("input", name),
                    Names.unknown(
                        name, inputs.declared().stream().map(Input::name).toList(), "input")));
  }

  private static @Nullable String name(String headers) {
    return headers
        .lines()
        .filter(line -> line.regionMatches(true, 0, "Content-Disposition:", 0, 20))
        .findFirst()
        .map(line -> ContentDisposition.parse(line.substring(20).strip()).getName())
        .orElse(null);
  }
}
