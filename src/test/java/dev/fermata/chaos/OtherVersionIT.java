package dev.fermata.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A file that an older version wrote goes on; one that a newer version wrote is left alone. */
class OtherVersionIT {

  private static final String DONE = "01900000-0000-7000-8000-000000000001";
  private static final String RUNNING = "01900000-0000-7000-8000-000000000002";
  private static final String WAITING = "01900000-0000-7000-8000-000000000003";

  @TempDir private Path directory;

  @Test
  void jobsOfTheFirstVersionRun() throws Exception {
    Home home = written("1");

    try (Server server = Server.start(home)) {
      assertGoesOn(home, server.client());
    }
  }

  @Test
  void jobsAndSessionsOfTheSecondVersionGoOn() throws Exception {
    Home home = written("2");
    execute(
        home,
        "insert into session values (1, 'note', '{\"a\":1}', 3, 1, 1000, 2000)",
        "insert into message values (1, 0, 'user', 'hold', 1500, '" + DONE + "', 'succeeded')",
        "insert into event values (1, 2, 1000, 'status', '{\"status\":\"running\",\"attempt\":1}')",
        "insert into event values (1, 3, 1000, 'end', null)",
        "update job set last_event = 3 where seq = 1",
        "update job set session = 'note' where seq = 3");

    try (Server server = Server.start(home)) {
      Client client = server.client();
      assertGoesOn(home, client);
      JsonNode session = client.get("/sessions/note").json();
      assertThat(session.at("/version").asInt()).isEqualTo(3);
      assertThat(session.at("/messages/0/content").asString()).isEqualTo("hold");
      assertThat(client.get("/jobs/" + DONE + "/events").json().size()).isEqualTo(3);
      Reply turn =
          client.post(
              "/sessions/note/messages",
              "{\"content\":\"on\"}",
              "Content-Type",
              "application/json");
      HeldJob.ended(client, turn.at("/id"));
      assertThat(client.get("/sessions/note").json().at("/total").asInt()).isEqualTo(3);
    }
  }

  private static void assertGoesOn(Home home, Client client) throws IOException {
    assertThat(client.get("/jobs/" + DONE + "/result").text()).isEqualTo("kept");
    JsonNode again = HeldJob.ended(client, RUNNING);
    JsonNode next = HeldJob.ended(client, WAITING);
    assertThat(again.at("/status").asString()).isEqualTo("succeeded");
    assertThat(again.at("/attempt").asInt()).isEqualTo(2);
    assertThat(next.at("/status").asString()).isEqualTo("succeeded");
    assertThat(home.trace())
        .containsExactly(
            "begin " + RUNNING + " 2",
            "end " + RUNNING + " 2",
            "begin " + WAITING + " 1",
            "end " + WAITING + " 1");
    String later = HeldJob.submit(client, "write", "later");
    assertThat(later).isGreaterThan(WAITING);
    HeldJob.ended(client, later);
  }

  @Test
  void fileOfANewerVersionIsRefusedAndLeftAsItWas() throws Exception {
    Home home = Home.at(directory.resolve("home"));
    String job;
    try (Server server = Server.start(home)) {
      job = HeldJob.submit(server.client(), "write", "kept");
      HeldJob.ended(server.client(), job);
      server.stop();
    }
    execute(
        home,
        """
        insert into flyway_schema_history (installed_rank, version, description, type, script,
          installed_by, execution_time, success)
        values (99, '999', 'later', 'SQL', 'V999__later.sql', '', 0, 1)""");
    byte[] before = Files.readAllBytes(home.journal());

    try (Server server = Server.launch(home)) {
      assertThat(server.exitCode()).isNotZero();
      assertThat(server.output()).contains(home.journal().toString(), "newer version", "999");
      assertThat(server.output().lines()).noneMatch(line -> line.startsWith("\tat "));
    }
    assertThat(home.journal()).hasBinaryContent(before);

    execute(home, "delete from flyway_schema_history where version = '999'");
    try (Server server = Server.start(home)) {
      assertThat(server.client().get("/jobs/" + job).at("/status")).isEqualTo("succeeded");
    }
  }

  /** A file as a version left it that died while a job ran. */
  private Home written(String version) throws Exception {
    Home home = Home.at(directory.resolve("home"));
    Files.createDirectories(home.data());
    Flyway.configure()
        .dataSource("jdbc:sqlite:" + home.journal(), null, null)
        .locations("classpath:db/migration")
        .target(version)
        .load()
        .migrate();
    execute(
        home,
        job(1, DONE, "'succeeded', 1, " + System.currentTimeMillis() + ", 'text/plain', 'kept'"),
        job(2, RUNNING, "'running', 1, null, null, null"),
        job(3, WAITING, "'queued', 0, null, null, null"),
        "insert into input (seq, fields) select seq, '{\"text\":\"of old\"}' from job");
    return home;
  }

  private static String job(int seq, String id, String values) {
    return """
        insert into job (seq, id, kind, lane, submitted_at, warnings, status, attempt, finished_at,
          result_type, result_text)
        values (%d, '%s', 'write', 'default', 1000, '[]', %s)"""
        .formatted(seq, id, values);
  }

  private static void execute(Home home, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + home.journal());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
