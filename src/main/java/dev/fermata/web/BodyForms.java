package dev.fermata.web;

import dev.fermata.kind.Format;
import dev.fermata.kind.Input;
import dev.fermata.kind.Inputs;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;

/** Reads the inputs of a kind from any body but the full form. */
final class BodyForms {

  private static final String ACCEPTED =
      "application/json, application/x-www-form-urlencoded, multipart/form-data, text/*,"
          + " application/octet-stream, application/fasta, application/x-fasta, chemical/*";

  private static final List<MediaType> RAW =
      MediaType.parseMediaTypes(
          "text/*, application/x-www-form-urlencoded, application/octet-stream, application/fasta,"
              + " application/x-fasta, chemical/*");

  private BodyForms() {}

  static Map<String, Given> read(Body body, Inputs inputs) {
    if (body.is(MediaType.MULTIPART_FORM_DATA)) {
      return MultipartForm.read(body, inputs);
    }
    if (body.is(MediaType.APPLICATION_FORM_URLENCODED)) {
      Optional<Map<String, Given>> form = form(body, inputs);
      if (form.isPresent()) {
        return form.get();
      }
    }
    return raw(body, inputs);
  }

  /** Only what names nothing but declared inputs is a form; curl calls every text one. */
  private static Optional<Map<String, Given>> form(Body body, Inputs inputs) {
    return Percent.text(body.bytes(), StandardCharsets.UTF_8)
        .flatMap(Pairs::read)
        .filter(pairs -> pairs.stream().allMatch(it -> inputs.find(it.name()).isPresent()))
        .map(BodyForms::values);
  }

  private static Map<String, Given> values(List<Pairs.Pair> pairs) {
    var values = new LinkedHashMap<String, Given>();
    for (Pairs.Pair pair : pairs) {
      String name = pair.name();
      String value =
          pair.value()
              .orElseThrow(
                  () -> fault(name, "is badly encoded; with curl, send it by --data-urlencode"));
      if (values.put(name, new Given.Text(value)) != null) {
        throw fault(name, "is given more than once");
      }
    }
    return values;
  }

  static Rejected fault(String name, String detail) {
    return Problem.INVALID_INPUT.at(
        Rejected.Fault.pointer("input", name), name + " " + detail + ".");
  }

  private static Map<String, Given> raw(Body body, Inputs inputs) {
    Optional<Input> primary = inputs.primary();
    if (primary.isPresent() && primary.get().format() == Format.FILE) {
      return Map.of(primary.get().name(), new Given.Bytes(body.bytes()));
    }
    if (primary.isEmpty() && body.bytes().length == 0) {
      return Map.of();
    }
    if (body.type() != null && RAW.stream().noneMatch(body::is)) {
      throw unsupported("This kind doesn't take a body of type " + body.type() + ".");
    }
    var values = new LinkedHashMap<String, Given>();
    inputs.raw(body.text()).forEach((name, text) -> values.put(name, new Given.Text(text)));
    return values;
  }

  static Rejected unsupported(String detail) {
    return Problem.UNSUPPORTED_MEDIA_TYPE.because(detail).with("Accept-Post", ACCEPTED);
  }
}
