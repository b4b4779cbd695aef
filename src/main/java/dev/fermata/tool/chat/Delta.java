package dev.fermata.tool.chat;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One event of a streamed reply, as <a
 * href="https://platform.openai.com/docs/api-reference/chat-streaming">OpenAI defines it</a>.
 *
 * @param text the next piece; empty when it brings none
 * @param last whether the model says that it has finished
 * @param error what the endpoint says went wrong; null when nothing did
 */
record Delta(String text, boolean last, @Nullable String error) {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Reads one.
   *
   * @throws JacksonException when it is not JSON
   */
  static Delta read(String data) {
    JsonNode event = JSON.readTree(data);
    if (event.hasNonNull("error")) {
      JsonNode error = event.get("error");
      return new Delta("", true, error.path("message").asString(error.toString()));
    }
    JsonNode choice = event.path("choices").path(0);
    return new Delta(
        choice.path("delta").path("content").asString(""),
        choice.hasNonNull("finish_reason"),
        null);
  }
}
