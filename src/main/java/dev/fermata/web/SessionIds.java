package dev.fermata.web;

import dev.fermata.job.Owner;
import dev.fermata.job.SessionId;
import dev.fermata.kind.fasta.Shown;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** The ids of sessions, which clients choose. */
final class SessionIds {

  private static final Pattern FORM = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._:-]{1,128}");
  private static final String RULE =
      " can't be a session's id, which has 1 to 128 of the letters A to Z and a to z, digits and"
          + " . _ : - and is neither . nor ..";

  private SessionIds() {}

  /** An id out of a field or a parameter called {@code session}. */
  static SessionId option(String given, Owner owner) {
    return known(given, owner)
        .orElseThrow(() -> Problem.INVALID_SESSION_ID.at("/session", refusal(given)));
  }

  /** An id out of the path of an address, where Spring cuts off what stands behind a semicolon. */
  static SessionId inPath(String given, HttpServletRequest request) {
    String path = request.getRequestURI();
    return known(given, Owners.of(request))
        .filter(id -> !path.contains(";"))
        .orElseThrow(
            () ->
                Problem.INVALID_SESSION_ID.because(
                    refusal(path.contains(";") ? path.substring("/sessions/".length()) : given)));
  }

  private static Optional<SessionId> known(String given, Owner owner) {
    return Optional.of(given)
        .filter(it -> FORM.matcher(it).matches())
        .map(it -> new SessionId(owner, it));
  }

  private static String refusal(String given) {
    return "\"" + Shown.text(given) + "\"" + RULE + ".";
  }
}
