package dev.fermata.web;

import dev.fermata.session.Message;
import java.time.Instant;

/**
 * One message of a session as clients see it.
 *
 * @param index from 0
 * @param job the one that added it
 * @param outcome how that job ended
 */
record MessageDocument(
    long index, String role, String content, Instant at, String job, String outcome) {

  static MessageDocument of(Message message) {
    return new MessageDocument(
        message.index(),
        message.role(),
        message.content(),
        message.at(),
        message.job().toString(),
        message.outcome().word());
  }
}
