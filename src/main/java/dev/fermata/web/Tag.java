package dev.fermata.web;

import org.springframework.util.DigestUtils;
import tools.jackson.databind.json.JsonMapper;

/** The ETag of a document: weak, since the line of text and the JSON of one state share it. */
final class Tag {

  private Tag() {}

  static String of(Object document, JsonMapper json) {
    return "W/\"" + DigestUtils.md5DigestAsHex(json.writeValueAsBytes(document)) + "\"";
  }
}
