package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.Fermata;
import dev.fermata.feed.Feed;
import dev.fermata.job.Reason;
import dev.fermata.job.Status;
import dev.fermata.journal.JobRecord;
import dev.fermata.journal.Jobs;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A client that goes away is noticed behind TLS as well, however it goes. */
class OverTlsTest {

  private static final String PASSWORD = "changeit";

  /** How a connection ends. */
  enum Way {
    GOODBYE,
    FIN,
    RST
  }

  @TempDir private static Path home;
  private static ConfigurableApplicationContext server;
  private static SSLContext tls;

  @BeforeAll
  static void start() throws Exception {
    Path keys = keys();
    tls = trusting(keys);
    server =
        new SpringApplicationBuilder(Fermata.class, Script.class)
            .run(
                "--server.port=0",
                "--server.ssl.key-store=" + keys,
                "--server.ssl.key-store-password=" + PASSWORD,
                "--spring.config.additional-location=classpath:acceptance.yml",
                "--logging.level.root=warn",
                "--fermata.data-dir=" + home.resolve("data"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A key of its own, by the tool that comes with the JDK. */
  private static Path keys() throws IOException, InterruptedException {
    Path keys = home.resolve("keys.p12");
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD)
            .inheritIO()
            .start();
    assertThat(tool.waitFor()).isZero();
    return keys;
  }

  private static SSLContext trusting(Path keys) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @ParameterizedTest
  @CsvSource({
    "'Prefer: wait=60', GOODBYE",
    "'Prefer: wait=60', FIN",
    "'Prefer: wait=60', RST",
    "'Accept: text/event-stream', GOODBYE",
    "'Accept: text/event-stream', FIN",
    "'Accept: text/event-stream', RST"
  })
  void clientThatGoesAwayIsNoticed(String how, Way way) throws Exception {
    Script.Hold hold = server.getBean(Script.class).hold("holds");
    int port = server.getEnvironment().getRequiredProperty("local.server.port", int.class);
    try (var plain = new Socket(InetAddress.getLoopbackAddress(), port);
        var secure =
            (SSLSocket) tls.getSocketFactory().createSocket(plain, "localhost", port, true)) {
      String request =
          "POST /jobs?kind=script&onDisconnect=cancel&disconnectGrace=0s HTTP/1.1\r\nHost: localhost\r\n"
              + (how + "\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nholds");
      secure.getOutputStream().write(request.getBytes(US_ASCII));
      hold.awaitBegin();
      Eventually.holds(() -> server.getBean(Feed.class).watches() == 1);
      leave(plain, secure, way);
      Eventually.holds(() -> newest().status().finished());
    }
    assertThat(newest().status()).isEqualTo(Status.CANCELLED);
    assertThat(newest().reason()).isEqualTo(Reason.CLIENT_DISCONNECTED);
    Eventually.holds(() -> server.getBean(Feed.class).watches() == 0);
  }

  private static void leave(Socket plain, Socket secure, Way way) throws IOException {
    switch (way) {
      case GOODBYE -> secure.close();
      case FIN -> plain.shutdownOutput();
      case RST -> {
        plain.setSoLinger(true, 0);
        plain.close();
      }
    }
  }

  private static JobRecord newest() {
    var all = new Jobs.Filter(Set.of(), null, null, null, null);
    return server.getBean(Jobs.class).page(all, Long.MAX_VALUE, 1).getFirst();
  }
}
