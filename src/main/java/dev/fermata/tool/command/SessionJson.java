package dev.fermata.tool.command;

import dev.fermata.session.Message;
import dev.fermata.session.Session;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A session as the document {@code {id,meta,version,total,messages}}. */
record SessionJson(ObjectNode document) {

  /** A message that a program added. */
  record Added(String role, String content) {}

  private static final String META = "meta";
  private static final String MESSAGES = "messages";
  private static final String ROLE = "role";
  private static final String CONTENT = "content";

  /** How many messages one job may add: all of them go into one commit, and others wait for it. */
  private static final int MOST_ADDED = 1000;

  private static final int LONGEST_ROLE = 64;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Numbers in the metadata come back as they were written. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** The session as a job found it. */
  static SessionJson of(Session session) {
    ObjectNode document =
        JSON.createObjectNode()
            .put("id", session.id().name())
            .set(META, JSON.readTree(session.meta()))
            .put("version", session.version())
            .put("total", session.total());
    var messages = document.putArray(MESSAGES);
    session.newest().forEach(message -> messages.add(node(message)));
    return new SessionJson(document);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is none, with what is wrong
   */
  static SessionJson read(byte[] bytes) {
    try {
      if (JSON.readTree(bytes) instanceof ObjectNode document) {
        return new SessionJson(document);
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException("it is not a JSON object");
  }

  byte[] bytes() {
    return JSON.writeValueAsBytes(document);
  }

  /** The metadata; those of the given one when there are none. */
  JsonNode meta(SessionJson given) {
    JsonNode meta = document.path(META);
    require(meta.isMissingNode() || meta.isObject(), "meta is not an object");
    return meta.isMissingNode() ? given.document.get(META) : meta;
  }

  /**
   * What was added to the messages.
   *
   * @param given the document that this one continues
   * @throws IllegalArgumentException when it doesn't continue that one, with the first difference
   */
  List<Added> added(SessionJson given) {
    JsonNode before = given.document.get(MESSAGES);
    JsonNode messages = document.path(MESSAGES);
    require(messages.isArray(), "messages is not an array");
    require(messages.size() >= before.size(), "some of the given messages are missing");
    require(
        messages.size() - before.size() <= MOST_ADDED,
        "more than " + MOST_ADDED + " messages were added");
    var added = new ArrayList<Added>();
    for (int i = 0; i < messages.size(); i++) {
      if (i >= before.size()) {
        added.add(added("messages[" + i + "]", messages.get(i)));
      } else {
        require(
            messages.get(i).equals(before.get(i)),
            "messages[" + i + "] is not as it was given; new ones belong behind it");
      }
    }
    return added;
  }

  private static Added added(String place, JsonNode message) {
    JsonNode role = message.path(ROLE);
    JsonNode content = message.path(CONTENT);
    require(role.isString() && !role.asString().isBlank(), place + ".role is not a word");
    require(role.asString().length() <= LONGEST_ROLE, place + ".role is too long");
    require(content.isString(), place + ".content is not a string");
    require(
        isUnicode(role.asString()) && isUnicode(content.asString()),
        place + " has half of a character outside the basic plane");
    return new Added(role.asString(), content.asString());
  }

  /** JSON can name halves of surrogate pairs, which no store and no client could take. */
  private static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static ObjectNode node(Message message) {
    return JSON.createObjectNode()
        .put("index", message.index())
        .put(ROLE, message.role())
        .put(CONTENT, message.content())
        .put("at", TIME.format(message.at()))
        .put("job", message.job().toString())
        .put("outcome", message.outcome().word());
  }

  private static void require(boolean holds, String complaint) {
    if (!holds) {
      throw new IllegalArgumentException(complaint);
    }
  }
}
