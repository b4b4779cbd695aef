package dev.fermata.tool.chat;

import dev.fermata.kind.JobFailed;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model behind an OpenAI-compatible endpoint. Each reply has a connection of its own, which ends
 * with it.
 */
final class OpenAiModel implements Model {

  private static final JsonMapper JSON = new JsonMapper();

  private final Endpoint endpoint;
  private final HttpClient http;

  OpenAiModel(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // Some refuse the offer to speak HTTP/2.
            .connectTimeout(endpoint.connectTimeout())
            .build();
  }

  @Override
  public void reply(List<ChatMessage> conversation, Consumer<String> pieces)
      throws InterruptedException, JobFailed {
    try (Call call = Call.to(http, request(conversation))) {
      new Reply(endpoint, call, pieces).take();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpRequest request(List<ChatMessage> conversation) {
    String body =
        JSON.writeValueAsString(
            Map.of("model", endpoint.model(), "messages", conversation, "stream", true));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.completions())
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .POST(BodyPublishers.ofString(body));
    if (!endpoint.apiKey().isEmpty()) {
      request.header("Authorization", "Bearer " + endpoint.apiKey());
    }
    return request.build();
  }
}
