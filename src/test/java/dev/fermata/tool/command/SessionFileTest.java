package dev.fermata.tool.command;

import static dev.fermata.journal.Sample.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.job.Reason;
import dev.fermata.job.SessionChange.Appended;
import dev.fermata.job.SessionId;
import dev.fermata.job.Status;
import dev.fermata.kind.JobFailed;
import dev.fermata.session.Message;
import dev.fermata.session.SavedSession;
import dev.fermata.session.Session;
import dev.fermata.session.Sessions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class SessionFileTest {

  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final JobId JOB = new JobId(new UUID(0, 7));
  private static final String GIVEN =
      """
      {"id":"s","meta":{"a":1.50,"n":10000000000000000000000},"version":2,"total":41,"messages":[\
      {"index":40,"role":"user","content":"é \\"☃\\"","at":"2026-01-02T12:00:00.000Z",\
      "job":"00000000-0000-0000-0000-000000000007","outcome":"failed"}]}""";

  /** One session, of which the window shows the last message. */
  private static final Sessions SAVED =
      new Sessions() {
        @Override
        public Optional<SavedSession> find(SessionId id) {
          String meta = "{\"a\":1.50,\"n\":10000000000000000000000}";
          return id.name().equals("s")
              ? Optional.of(new SavedSession(1, id, meta, 2, 41, NOON, NOON))
              : Optional.empty();
        }

        @Override
        public List<Message> messages(SessionId id, long before, int limit) {
          return List.of(new Message(40, "user", "é \"☃\"", NOON, JOB, Status.FAILED));
        }

        @Override
        public List<SavedSession> page(Owner owner, long before, int limit) {
          throw new UnsupportedOperationException();
        }
      };

  @TempDir Path directory;
  private Trail run;
  private Session session;

  @BeforeEach
  void open() {
    run = new Trail(directory, Map.of());
    session = open("s");
  }

  @Test
  void theProgramFindsTheSession() throws Exception {
    Kind.with().script("printf %s \"$FERMATA_SESSION\"; cat \"$FERMATA_SESSION\" >&2").run(run);
    assertThat(run.file("stdout")).isEqualTo(directory.toAbsolutePath() + "/session.json");
    assertThat(run.file("stderr")).isEqualTo(GIVEN);
    assertThat(session.change()).as("nothing was changed").isEmpty();
  }

  @Test
  void aSessionThatIsNotThereYetIsEmpty() throws Exception {
    open("new");
    Kind.with().script("cat \"$FERMATA_SESSION\"").run(run);
    assertThat(run.file("stdout"))
        .isEqualTo("{\"id\":\"new\",\"meta\":{},\"version\":0,\"total\":0,\"messages\":[]}");
  }

  @Test
  void aJobWithoutASessionFindsNone() throws Exception {
    run.session = null;
    Kind.with().script("printf %s \"${FERMATA_SESSION-none}\"").run(run);
    assertThat(run.file("stdout")).isEqualTo("none");
    assertThat(directory.resolve("session.json")).doesNotExist();
  }

  @Test
  void whatTheProgramAddsIsAppended() throws Exception {
    leaves(
        "s/]}$/,{\"role\":\"assistant\",\"content\":\"\\\\u00e9\\\\n\",\"index\":99},"
            + "{\"content\":\"\",\"role\":\"note\"}]}/");
    assertThat(session.appended())
        .containsExactly(new Appended("assistant", "é\n", NOON), new Appended("note", "", NOON));
    assertThat(session.change().orElseThrow().meta()).isNull();
  }

  @Test
  void metadataAreReplaced() throws Exception {
    leaves("s/\"a\":1.50/\"b\":2.50/");
    assertThat(session.meta()).isEqualTo("{\"b\":2.50,\"n\":10000000000000000000000}");
    assertThat(session.appended()).isEmpty();
  }

  @Test
  void anotherSpellingOfTheSameIsNoChange() throws Exception {
    leaves("s/é/\\\\u00e9/; s/:/ : /; s/\"version\":2,\"total\":41,//");
    assertThat(session.change()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s/☃/x/ | messages[0] is not as it was given",
        "s/\"failed\"/\"succeeded\"/ | messages[0] is not as it was given",
        "s/\\[.*\\]/[]/ | some of the given messages are missing",
        "s/\"messages\"/\"massages\"/ | messages is not an array",
        "s/]}$/,{\"content\":\"x\"}]}/ | messages[1].role is not a word",
        "s/]}$/,{\"role\":\"x\",\"content\":1}]}/ | messages[1].content is not a string",
        "s/]}$/,7]}/ | messages[1].role is not a word",
        "s/{\"a\"[^}]*}/[]/ | meta is not an object",
        "s/]}$/]/ | it is not JSON",
        "s/$/ 1/ | it is not JSON",
        "s/.*// | it is not",
        "s/.*/[]/ | it is not a JSON object",
        "s/]}$/,{\"role\":\"x\",\"content\":\"a\\\\ud800b\"}]}/ | messages[1] has half of a character"
      })
  void aSessionThatIsNoContinuationFailsTheJob(String sed, String complaint) {
    JobFailed failed = catchThrowableOfType(JobFailed.class, () -> leaves(sed));
    assertThat(failed.reason()).isEqualTo(Reason.HANDLER_ERROR);
    assertThat(failed.returnCode()).isZero();
    assertThat(failed).hasMessageContainingAll("'session.json'", complaint);
    assertThat(session.change()).as("all or nothing").isEmpty();
  }

  static Stream<Arguments> tooMuch() {
    String messages = ",{\"role\":\"x\",\"content\":\"\"}".repeat(1001);
    String role = ",{\"role\":\"%s\",\"content\":\"\"}".formatted("x".repeat(65));
    String meta = "{\"x\":\"%s\"}".formatted("x".repeat(64 * 1024));
    return Stream.of(
        Arguments.of("s/]}$/" + messages + "]}/", "more than 1000 messages were added"),
        Arguments.of("s/]}$/" + role + "]}/", "messages[1].role is too long"),
        Arguments.of("s/\"meta\":{[^}]*}/\"meta\":" + meta + "/", "the limit is 65536"));
  }

  @ParameterizedTest
  @MethodSource("tooMuch")
  void aSessionThatIsTooMuchFailsTheJob(String sed, String complaint) {
    JobFailed failed = catchThrowableOfType(JobFailed.class, () -> leaves(sed));
    assertThat(failed).hasMessageContainingAll("'session.json'", complaint);
    assertThat(session.change()).as("all or nothing").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"rm session.json", "mv session.json x; ln -s x session.json"})
  void aSessionThatIsGoneFailsTheJob(String script) {
    JobFailed failed =
        catchThrowableOfType(JobFailed.class, () -> Kind.with().script(script).run(run));
    assertThat(failed).hasMessageContaining("it is gone, or no regular file");
  }

  @Test
  void aProgramThatFailsChangesNothing() {
    JobFailed failed =
        catchThrowableOfType(
            JobFailed.class, () -> Kind.with().script("echo > session.json; exit 3").run(run));
    assertThat(failed.reason()).isEqualTo(Reason.EXIT_CODE);
    assertThat(session.change()).isEmpty();
  }

  /** Runs a program that edits the file with sed. */
  private void leaves(String sed) throws Exception {
    Kind.with("sed").command("sed", "-i", "{sed}", "session.json").run(edited(sed));
  }

  private Trail edited(String sed) {
    var edited = new Trail(directory, Map.of("sed", sed));
    edited.session = Objects.requireNonNull(run.session);
    return edited;
  }

  private Session open(String id) {
    Session opened = Session.open(session(id), SAVED, 1, Clock.fixed(NOON, ZoneOffset.UTC));
    run.session = opened;
    return opened;
  }
}
