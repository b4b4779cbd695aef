package dev.fermata.tool.chat;

import dev.fermata.kind.JobFailed;
import java.util.List;
import java.util.function.Consumer;

/** What replies to a conversation, piece by piece. Safe for use by many threads. */
interface Model extends AutoCloseable {

  /**
   * Replies, on the calling thread; an interrupt ends all work on the reply.
   *
   * @param conversation the oldest turn first; the last one is what is replied to
   * @param pieces takes the reply; its pieces joined are the whole
   * @throws JobFailed when the reply did not come to its end
   */
  void reply(List<ChatMessage> conversation, Consumer<String> pieces)
      throws InterruptedException, JobFailed;

  @Override
  default void close() {}
}
