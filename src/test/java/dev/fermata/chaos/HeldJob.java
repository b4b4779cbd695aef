package dev.fermata.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A job whose program runs until the test lets it go, and two that wait behind it. */
record HeldJob(Home home, Client client, String id, String second, String third) {

  static HeldJob running(Home home, Client client) throws IOException {
    var job =
        new HeldJob(
            home,
            client,
            submit(client, "held", ""),
            submit(client, "write", "second"),
            submit(client, "write", "third"));
    Eventually.holds(
        "the program runs", () -> Files.exists(home.data().resolve("jobs/" + job.id + "/began")));
    return job;
  }

  static String submit(Client client, String kind, String body) throws IOException {
    Reply reply = client.post("/jobs?kind=" + kind, body, "Content-Type", "text/plain");
    if (reply.status() != 202) {
      throw new AssertionError("not accepted: " + reply);
    }
    return reply.at("/id");
  }

  void letGo() throws IOException {
    Files.createFile(home.path().resolve("go"));
  }

  static JsonNode ended(Client client, String id) {
    Eventually.holds(
        "job " + id + " ends", () -> client.get("/jobs/" + id).json().at("/finished").asBoolean());
    try {
      return client.get("/jobs/" + id).json();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  String status(String job) throws IOException {
    return client.get("/jobs/" + job).at("/status");
  }

  /** All three succeeded at their first attempt, one after the other, each with what is its own. */
  boolean allSucceededOnceInOrder() throws IOException {
    JsonNode first = ended(client, id);
    JsonNode next = ended(client, second);
    JsonNode last = ended(client, third);
    return succeededOnce(first)
        && succeededOnce(next)
        && succeededOnce(last)
        && first.at("/result").asString().equals("kept\n")
        && notAfter(first, next)
        && notAfter(next, last)
        && home.trace().stream()
            .map(line -> line.split(" ", 3)[1])
            .toList()
            .equals(List.of(second, second, third, third));
  }

  private static boolean succeededOnce(JsonNode job) {
    return job.at("/status").asString().equals("succeeded") && job.at("/attempt").asInt() == 1;
  }

  private static boolean notAfter(JsonNode one, JsonNode next) {
    return one.at("/finishedAt").asString().compareTo(next.at("/startedAt").asString()) <= 0;
  }
}
