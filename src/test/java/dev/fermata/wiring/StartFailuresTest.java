package dev.fermata.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.store.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** A server that does not start says why, in words that a deployer can act on. */
class StartFailuresTest {

  @TempDir private static Path directory;

  @Configuration(proxyBeanMethods = false)
  static class Around {

    @Bean
    ServerProperties serverProperties(Environment environment) {
      return Binder.get(environment).bindOrCreate("server", ServerProperties.class);
    }

    @Bean
    DataDirectory dataDirectory(FermataSettings settings) {
      return DataDirectory.open(settings.dataDir());
    }
  }

  private final ApplicationContextRunner server =
      new ApplicationContextRunner()
          .withUserConfiguration(ServerConfiguration.class, Around.class)
          .withPropertyValues("fermata.data-dir=" + directory.resolve("data"));

  @ParameterizedTest
  @CsvSource({"127.0.0.1, false", "localhost, false", "::1, false", "0.0.0.0, true"})
  void serverStartsOnLoopbackOrWhenItIsOpen(String address, String open) {
    server
        .withPropertyValues("server.address=" + address, "fermata.security.open=" + open)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @ParameterizedTest
  @CsvSource({"server.address=0.0.0.0", "server.address=192.0.2.1", "server.port=8080"})
  void serverThatStrangersReachDoesNotStart(String address) {
    server
        .withPropertyValues(address)
        .run(
            context ->
                assertThat(words(context.getStartupFailure()))
                    .contains("server.address", "fermata.security.open=true"));
  }

  @Test
  void protocolOnWhichNobodyIsMissedIsRefused() {
    server
        .withPropertyValues("server.address=127.0.0.1", "server.http2.enabled=true")
        .run(
            context ->
                assertThat(words(context.getStartupFailure())).contains("server.http2.enabled"));
  }

  @Test
  void unusableDataDirectoryIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");

    server
        .withPropertyValues("server.address=127.0.0.1", "fermata.data-dir=" + file)
        .run(context -> assertThat(words(context.getStartupFailure())).contains(file.toString()));
  }

  @Test
  void otherFailuresAreForOthers() {
    assertThat(new StartFailures().analyze(new IllegalStateException())).isNull();
  }

  private static String words(@Nullable Throwable failure) {
    @Nullable FailureAnalysis analysis =
        new StartFailures().analyze(Objects.requireNonNull(failure));
    return Objects.requireNonNull(analysis).getDescription();
  }
}
