package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * A test against one real server with keys, which all such tests share: Alice's are in its
 * settings, Bob's is in a file.
 */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.config.additional-location=classpath:acceptance.yml",
      "logging.level.root=warn"
    })
@Import(Script.class)
class KeyedTest {

  static final String ALICE = "alice-UNx9jWQk1nAqAoVbLK2mGzu0";
  static final String ALICES_NEXT = "alice-kE0rB4cIu2aUS0zm1pVqf7Yd";
  static final String BOB = "bob-8f1b7h2R0aVtJmWz5qXcPoLn";

  private static final AtomicInteger STRANGERS = new AtomicInteger();

  @Autowired Script script;

  @Value("${fermata.security.keys-file}")
  private Path keysFile;

  private Client stranger;

  @DynamicPropertySource
  static void keys(DynamicPropertyRegistry properties) throws IOException {
    Path home = Files.createDirectories(Path.of("target/acceptance/" + UUID.randomUUID()));
    Path file = Files.writeString(home.resolve("keys"), "# Bob's\n\nbob: " + hash(BOB) + "\n");
    properties.add("fermata.data-dir", home.resolve("data")::toString);
    properties.add("fermata.security.keys-file", file::toString);
    properties.add("fermata.security.api-keys.alice", () -> hash(ALICE) + ", " + hash(ALICES_NEXT));
  }

  /** As settings want it. */
  static String hash(String key) {
    try {
      byte[] bytes = key.getBytes(StandardCharsets.US_ASCII);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "{sha256}" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  final void connect(@LocalServerPort int port) {
    stranger = new Client(port);
  }

  @AfterEach
  final void leaveItIdle() {
    for (Client owner : List.of(alice(), bob())) {
      owner.post("/jobs/cancel?status=queued&status=running");
    }
    Eventually.holds(() -> alice().get("/backlog").json().at("/length").asInt() == 0);
    script.clear();
  }

  final Client alice() {
    return stranger.as(ALICE);
  }

  final Client bob() {
    return stranger.as(BOB);
  }

  /** Somebody without a key, each time from an address that nobody failed from before. */
  final Client stranger() {
    return stranger.from(elsewhere());
  }

  /** A connection of such a stranger. */
  final Wire strangersWire() throws IOException {
    return new Wire(port(), InetAddress.ofLiteral(elsewhere()));
  }

  private static String elsewhere() {
    int n = STRANGERS.incrementAndGet();
    return "127.1.%d.%d".formatted(n / 200, 1 + n % 200);
  }

  final int port() {
    return stranger.port();
  }

  final Path keysFile() {
    return keysFile;
  }

  static Reply assertProblem(Reply reply, int status, String slug) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.text()).endsWith("}\n");
    assertThat(reply.at("/type")).isEqualTo("/problems/" + slug);
    return reply;
  }
}
