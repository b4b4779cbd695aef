package dev.fermata.tool.chat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A model that repeats the last message, word by word: it needs nothing and nobody. */
record Echo(Duration pause) implements Model {

  /** A word with the blanks around it, so that nothing is lost in between. */
  private static final Pattern WORD = Pattern.compile("\\s*+\\S++\\s*+|\\s++");

  @Override
  public void reply(List<ChatMessage> conversation, Consumer<String> pieces)
      throws InterruptedException {
    Matcher words = WORD.matcher(conversation.getLast().content());
    while (words.find()) {
      Thread.sleep(pause);
      pieces.accept(words.group());
    }
  }
}
