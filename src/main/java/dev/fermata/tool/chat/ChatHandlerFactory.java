package dev.fermata.tool.chat;

import dev.fermata.kind.Format;
import dev.fermata.kind.HandlerFactory;
import dev.fermata.kind.Input;
import dev.fermata.kind.Inputs;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Records;
import java.util.List;
import org.springframework.stereotype.Component;

/** Makes the handlers of kinds that chat. */
@Component("chat")
final class ChatHandlerFactory implements HandlerFactory<ChatSettings> {

  private static final long MOST_BYTES = 1 << 20;

  private final Models models;

  ChatHandlerFactory(Models models) {
    this.models = models;
  }

  @Override
  public Class<ChatSettings> settings() {
    return ChatSettings.class;
  }

  @Override
  public Inputs inputs() {
    return new Inputs(
        List.of(
            new Input(
                ChatHandler.CONTENT,
                true,
                true,
                Format.TEXT,
                null,
                null,
                MOST_BYTES,
                Records.ONE)));
  }

  @Override
  public JobHandler create(String kind, Inputs inputs, ChatSettings settings) {
    if (inputs.find(ChatHandler.CONTENT).isEmpty()) {
      throw new IllegalArgumentException(
          "a kind that chats takes its message as the input content");
    }
    return new ChatHandler(models.named(settings.model()));
  }
}
