package dev.fermata.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A session's history is the turns of its jobs, in order, each once and whole. */
record SessionCheck(Client client, Findings findings) {

  void of(List<Account> jobs) throws IOException {
    Map<String, List<Account>> bySession =
        jobs.stream()
            .filter(job -> !job.session().isEmpty())
            .sorted(Comparator.comparing(Account::id))
            .collect(Collectors.groupingBy(Account::session, TreeMap::new, Collectors.toList()));
    for (var session : bySession.entrySet()) {
      history(session.getKey(), session.getValue());
    }
  }

  private void history(String session, List<Account> jobs) throws IOException {
    List<JsonNode> messages = messages(session);
    List<Integer> indexes = messages.stream().map(it -> it.at("/index").asInt()).toList();
    require(
        indexes.equals(IntStream.range(0, messages.size()).boxed().toList()),
        session,
        "indexes " + indexes);
    List<String> expected =
        jobs.stream()
            .filter(job -> job.status().equals("succeeded"))
            .flatMap(SessionCheck::turn)
            .toList();
    List<String> whole =
        messages.stream()
            .filter(it -> it.at("/outcome").asString().equals("succeeded"))
            .map(
                it ->
                    line(
                        it.at("/job").asString(),
                        it.at("/role").asString(),
                        it.at("/content").asString()))
            .toList();
    require(whole.equals(expected), session, "has " + whole + "\nand not " + expected);
    saved(session, jobs, messages);
  }

  private static Stream<String> turn(Account job) {
    return Stream.of(line(job.id(), "user", job.input()), line(job.id(), "assistant", job.input()));
  }

  private static String line(String job, String role, String content) {
    return job + " " + role + ": " + content;
  }

  /**
   * Each job that left something was one save; those cancelled left their turn as far as it came.
   */
  private void saved(String session, List<Account> jobs, List<JsonNode> messages)
      throws IOException {
    Map<String, Account> byId = jobs.stream().collect(Collectors.toMap(Account::id, job -> job));
    List<String> savers = messages.stream().map(it -> it.at("/job").asString()).distinct().toList();
    for (String id : savers) {
      Account job = byId.get(id);
      List<JsonNode> left =
          messages.stream().filter(it -> it.at("/job").asString().equals(id)).toList();
      require(job != null && isTurn(left, job), session, "job " + id + " left " + left);
    }
    require(savers.equals(savers.stream().sorted().toList()), session, "order " + savers);
    int version = client.get("/sessions/" + session).json().at("/version").asInt();
    require(version == savers.size(), session, "version " + version + " of " + savers.size());
  }

  /**
   * What was said, and the reply so far: nothing of it if the cancel came before the first word.
   */
  private static boolean isTurn(List<JsonNode> left, Account job) {
    boolean cancelled = job.status().equals("cancelled");
    String reply = left.size() == 2 ? left.getLast().at("/content").asString() : "";
    return left.getFirst().at("/content").asString().equals(job.input())
        && (cancelled
            ? left.size() <= 2 && job.input().startsWith(reply.strip())
            : left.size() == 2);
  }

  private List<JsonNode> messages(String session) throws IOException {
    String page = "/sessions/" + session + "/messages?limit=500";
    var messages = new ArrayList<JsonNode>();
    List<JsonNode> older = older(page);
    while (!older.isEmpty()) {
      messages.addAll(0, older);
      older = older(page + "&before=" + older.getFirst().at("/index").asInt());
    }
    return messages;
  }

  private List<JsonNode> older(String page) throws IOException {
    Reply reply = client.get(page);
    return reply.status() == 404 ? List.of() : List.copyOf(reply.json().at("/messages").values());
  }

  private void require(boolean holds, String session, String what) {
    findings.require(holds, Check.SESSION, session, what);
  }
}
