package dev.fermata.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some messages of a session, the oldest of them first.
 *
 * @param next what {@code before=} takes to get older ones; null at the beginning
 */
record MessagePage(List<MessageDocument> messages, @Nullable Long next) implements Spoken {

  @Override
  public String line() {
    String count = messages.size() == 1 ? "1 message" : messages.size() + " messages";
    return next == null ? count + "." : count + ", and older ones before " + next + ".";
  }
}
