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

  @ParameterizedTest
  @CsvSource({
    "management.server.port=9446, , true",
    "management.server.port=9446, management.server.address=192.0.2.1, true",
    "management.server.port=9446, management.server.address=127.0.0.1, false",
    "management.server.port=-1, , false",
    "management.server.port=9446, fermata.security.open=true, false",
  })
  void strangersDoNotReachTheOtherPortEither(String port, @Nullable String other, boolean refused) {
    server
        .withPropertyValues("server.address=127.0.0.1", port, other == null ? "x=y" : other)
        .run(
            context -> {
              if (refused) {
                assertThat(words(context.getStartupFailure()))
                    .contains("management.server.address", "fermata.security.open=true");
              } else {
                assertThat(context).hasNotFailed();
              }
            });
  }

  @ParameterizedTest
  @CsvSource({
    "fermata.security.api-keys.alice={sha256}0000000000000000000000000000000000000000000000000000000000000000",
    "fermata.security.keys-file=target/keys-for-start"
  })
  void keysLetItStartAnywhere(String keys) throws Exception {
    Files.writeString(Path.of("target/keys-for-start"), "bob:{sha256}" + "1".repeat(64));

    server
        .withPropertyValues("server.address=0.0.0.0", keys)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "api-keys.alice=s3cret | a key of alice must be {sha256}",
        "api-keys.alice={sha256}s3cret | a key of alice must be {sha256}",
        "api-keys.alice={sha512}s3cret | a key of alice must be {sha256}",
        "api-keys.alice= | a key of alice must be {sha256}",
        "api-keys[al ice]=s3cret | the name of an owner",
        "keys-file=no/such/file | no/such/file can't be read",
        "keys-file=target/bad-keys | target/bad-keys, line 3: a key of bob must be {sha256}"
      })
  void badKeyIsNamedAndNotShown(String setting, String words) throws Exception {
    Files.writeString(Path.of("target/bad-keys"), "# keys\n\nbob: s3cret\n");

    server
        .withPropertyValues("server.address=127.0.0.1", "fermata.security." + setting)
        .run(
            context ->
                assertThat(words(context.getStartupFailure()))
                    .contains("fermata.security", words)
                    .doesNotContain("s3cret"));
  }

  @Test
  void keyOfTwoOwnersIsRefused() {
    String hash = "{sha256}" + "ab".repeat(32);

    server
        .withPropertyValues(
            "server.address=127.0.0.1",
            "fermata.security.api-keys.alice=" + hash,
            "fermata.security.api-keys.bob=" + hash)
        .run(
            context ->
                assertThat(words(context.getStartupFailure()))
                    .contains("alice and bob have the same key"));
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
