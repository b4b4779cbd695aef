package dev.fermata.web;

import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.job.SessionId;
import dev.fermata.lane.Lanes;
import dev.fermata.session.Message;
import dev.fermata.session.SavedSession;
import dev.fermata.session.Sessions;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Makes session documents from what was committed and who holds the sessions now. */
@Component
final class SessionDocuments {

  /** A page ends early when its messages are so long: many pages may be read at once. */
  private static final int MOST_CHARACTERS = 2_000_000;

  private static final int AT_A_TIME = 10;

  private static final int NEWEST = 30;

  private final Sessions sessions;
  private final Lanes lanes;

  SessionDocuments(Sessions sessions, Lanes lanes) {
    this.sessions = sessions;
    this.lanes = lanes;
  }

  /** A session with its newest messages, or the problem that there is none. */
  SessionDocument document(SessionId id) {
    return find(id).orElseThrow(() -> missing(id));
  }

  /** A session with its newest messages; empty when nothing of it is saved. */
  Optional<SessionDocument> find(SessionId id) {
    // First who holds it: one that nobody holds any more then shows what its last job saved.
    Optional<JobId> holder = lanes.holder(id);
    return sessions
        .find(id)
        .map(session -> SessionDocument.of(session, holder.orElse(null), newest(session)));
  }

  /** No newer ones than the session counts, though a job may just have added some. */
  private List<MessageDocument> newest(SavedSession session) {
    return sessions.messages(session.id(), session.total(), NEWEST).stream()
        .map(MessageDocument::of)
        .toList();
  }

  private Rejected missing(SessionId id) {
    return lanes.holder(id).map(job -> unsaved(id, job)).orElseGet(() -> unknown(id));
  }

  private static Rejected unsaved(SessionId id, JobId holder) {
    return Problem.UNKNOWN_SESSION
        .because("Nothing is saved of session " + id + " before job " + holder + " has ended.")
        .by(holder);
  }

  static Rejected unknown(SessionId id) {
    return Problem.UNKNOWN_SESSION.because("There is no session " + id + ".");
  }

  SessionPage page(Owner owner, Paging paging) {
    List<SavedSession> found =
        sessions.page(owner, paging.afterOr(Long.MAX_VALUE), paging.limitAndOne());
    return new SessionPage(
        paging.page(found).stream().map(this::withoutMessages).toList(),
        paging.next(found, SavedSession::number));
  }

  /** The one of this id alone; nothing when there is none. */
  SessionPage page(SessionId id) {
    return new SessionPage(sessions.find(id).stream().map(this::withoutMessages).toList(), null);
  }

  private SessionDocument withoutMessages(SavedSession session) {
    return SessionDocument.of(session, lanes.holder(session.id()).orElse(null), List.of());
  }

  MessagePage messages(SessionId id, long before, int limit) {
    if (sessions.find(id).isEmpty()) {
      throw missing(id);
    }
    var newest = new ArrayDeque<MessageDocument>();
    long first = before;
    long characters = 0;
    while (first > 0 && newest.size() < limit && characters < MOST_CHARACTERS) {
      List<Message> older =
          sessions.messages(id, first, Math.min(AT_A_TIME, limit - newest.size()));
      older.reversed().forEach(message -> newest.addFirst(MessageDocument.of(message)));
      characters += older.stream().mapToLong(message -> message.content().length()).sum();
      first = older.isEmpty() ? 0 : older.getFirst().index();
    }
    return new MessagePage(List.copyOf(newest), first == 0 ? null : first);
  }
}
