package dev.fermata.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the sessions, those created last first.
 *
 * @param next what {@code after=} takes to go on; null at the end
 */
record SessionPage(
    @JsonIgnoreProperties("messages") List<SessionDocument> sessions, @Nullable String next)
    implements Spoken {

  @Override
  public String line() {
    String count = sessions.size() == 1 ? "1 session" : sessions.size() + " sessions";
    return next == null ? count + "." : count + ", and more after " + next + ".";
  }
}
