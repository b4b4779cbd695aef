package dev.fermata.web;

import dev.fermata.job.Owner;
import dev.fermata.job.SessionId;
import dev.fermata.session.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import tools.jackson.databind.json.JsonMapper;

/** Shows sessions, and lets clients change and remove those that no job has. */
@Documents
class SessionController {

  private final Sessions sessions;
  private final SessionDocuments documents;
  private final SessionEdits edits;
  private final JsonMapper json;
  private final Bodies bodies;

  SessionController(
      Sessions sessions,
      SessionDocuments documents,
      SessionEdits edits,
      JsonMapper json,
      Bodies bodies) {
    this.sessions = sessions;
    this.documents = documents;
    this.edits = edits;
    this.json = json;
    this.bodies = bodies;
  }

  @GetMapping("/sessions")
  SessionPage list(HttpServletRequest request) {
    QueryString query = QueryString.of(request, "session", "limit", "after");
    Owner owner = Owners.of(request);
    Paging paging = Paging.of(query);
    return query
        .one("session")
        .map(id -> documents.page(SessionIds.option(id, owner)))
        .orElseGet(() -> documents.page(owner, paging));
  }

  @GetMapping("/sessions/{id}")
  ResponseEntity<SessionDocument> one(@PathVariable String id, HttpServletRequest request) {
    QueryString.of(request);
    return answer(HttpStatus.OK, documents.document(SessionIds.inPath(id, request)));
  }

  @GetMapping("/sessions/{id}/messages")
  MessagePage messages(@PathVariable String id, HttpServletRequest request) {
    QueryString query = QueryString.of(request, "before", "limit");
    long before = query.one("before").map(Paging::before).orElse(Long.MAX_VALUE);
    return documents.messages(SessionIds.inPath(id, request), before, Paging.limit(query));
  }

  @PutMapping("/sessions/{id}")
  ResponseEntity<SessionDocument> replaceMeta(@PathVariable String id, HttpServletRequest request) {
    QueryString.of(request);
    SessionId session = SessionIds.inPath(id, request);
    String meta = MetaForm.read(bodies.with(request, SessionController::jsonText)).meta();
    boolean known = sessions.find(session).isPresent();
    edits.replaceMeta(session, meta);
    SessionDocument saved =
        documents.find(session).orElseThrow(() -> SessionEdits.removedMeanwhile(session));
    return answer(known ? HttpStatus.OK : HttpStatus.CREATED, saved);
  }

  private static String jsonText(Body body) {
    if (!body.is(MediaType.APPLICATION_JSON)) {
      throw Problem.UNSUPPORTED_MEDIA_TYPE
          .because(Guess.json(body).orElse("Only a JSON object is taken here."))
          .with(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
    }
    return body.text();
  }

  @DeleteMapping("/sessions/{id}")
  ResponseEntity<Void> remove(@PathVariable String id, HttpServletRequest request) {
    QueryString.of(request);
    edits.remove(SessionIds.inPath(id, request));
    return ResponseEntity.noContent().build();
  }

  private ResponseEntity<SessionDocument> answer(HttpStatus status, SessionDocument document) {
    var answer = ResponseEntity.status(status).eTag(Tag.of(document, json));
    if (status == HttpStatus.CREATED) {
      answer.header(HttpHeaders.LOCATION, document.links().self());
    }
    return answer.varyBy(HttpHeaders.ACCEPT).body(document);
  }
}
