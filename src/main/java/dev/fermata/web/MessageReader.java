package dev.fermata.web;

import dev.fermata.job.SessionId;
import dev.fermata.kind.InvalidInput;
import dev.fermata.kind.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Reads chat turns: queries of one kind, on the session that the address names. */
@Component
final class MessageReader {

  static final String KIND = "chat";

  private static final String[] PARAMETERS = Options.NAMES.toArray(String[]::new);

  private final Offers offers;

  MessageReader(Offers offers) {
    this.offers = offers;
  }

  Offer read(Body body, HttpServletRequest request, SessionId session) {
    Kind kind = offers.kind(KIND);
    try {
      return body.is(MediaType.APPLICATION_JSON)
          ? readFlat(kind, body, request, session)
          : readOther(kind, body, request, session);
    } catch (InvalidInput e) {
      throw Rejected.of(e).flat();
    } catch (Rejected e) {
      throw e.flat();
    }
  }

  private Offer readFlat(Kind kind, Body body, HttpServletRequest request, SessionId session) {
    QueryString.of(request);
    FullForm form = FullForm.readFlat(body.text(), kind.inputs());
    return offers.of(kind, filled(form.input()), on(session, form.options()), request);
  }

  private Offer readOther(Kind kind, Body body, HttpServletRequest request, SessionId session) {
    Map<String, String> options = QueryString.of(request, PARAMETERS).each();
    return offers.of(
        kind, filled(BodyForms.read(body, kind.inputs())), on(session, options), request);
  }

  /** A message that says nothing is none: what is empty was not given. */
  private static Map<String, Given> filled(Map<String, Given> given) {
    var filled = new LinkedHashMap<>(given);
    filled.values().removeIf(new Given.Text("")::equals);
    return filled;
  }

  private static Map<String, String> on(SessionId session, Map<String, String> options) {
    var all = new LinkedHashMap<>(options);
    String other = all.put("session", session.name());
    if (other != null && !other.equals(session.name())) {
      throw Problem.INVALID_PARAMETER.at(
          "/session",
          "The address names the session " + session + ", and the request another one.");
    }
    return all;
  }
}
