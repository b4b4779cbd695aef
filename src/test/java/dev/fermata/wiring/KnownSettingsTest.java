package dev.fermata.wiring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.kind.HandlerFactory;
import dev.fermata.kind.Inputs;
import dev.fermata.kind.JobHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A key that nobody reads is a mistake of the deployer, who is told at once. */
class KnownSettingsTest {

  /** What a handler adds to the block of its kind. */
  record Added(
      @Nullable List<String> command,
      @Nullable Map<String, String> files,
      @Nullable String result) {}

  private static final HandlerFactory<Added> COMMAND =
      new HandlerFactory<>() {
        @Override
        public Class<Added> settings() {
          return Added.class;
        }

        @Override
        public JobHandler create(String kind, Inputs inputs, Added settings) {
          throw new AssertionError("nothing is made here");
        }
      };

  private final StandardEnvironment environment = new StandardEnvironment();
  private final Map<String, Object> keys = new HashMap<>();

  KnownSettingsTest() {
    environment.getPropertySources().addFirst(new MapPropertySource("given", keys));
    ConfigurationPropertySources.attach(environment);
    keys.put("fermata.kinds.my_Kind.handler", "command");
    keys.put("fermata.kinds.other.handler", "bean");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fermata.data-dir",
        "fermata.dataDir",
        "fermata.data_dir",
        "fermata.lanes.any-Name.workers",
        "fermata.lanes.any_name.capacity",
        "fermata.limits.output",
        "fermata.limits.files",
        "fermata.limits.events",
        "fermata.chat.models.any-Name.base-url",
        "fermata.chat.models.any_name.apiKey",
        "fermata.security.open",
        "fermata.security.api-keys.any_Name",
        "fermata.security.api-keys.a.b",
        "fermata.security.api-keys.alice[0]",
        "fermata.security.hosts[0]",
        "fermata.kinds.my_Kind.on-crash",
        "fermata.kinds.my_Kind.onCrash",
        "fermata.kinds.my_Kind.inputs.query_sequence.max-size",
        "fermata.kinds.my_Kind.inputs.query.default",
        "fermata.kinds.my_Kind.command[0]",
        "fermata.kinds.my_Kind.files.query.fa",
        "fermata.kinds.my_Kind.files[../odd name]",
        "fermata.kinds.my_Kind.result",
        "fermatas.anything"
      })
  void knownKeysAreTaken(String key) {
    assertThatCode(() -> check(key)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "fermata.data-dri, fermata.data-dir",
    "fermata.lanes.chat.worker, fermata.lanes.chat.workers",
    "fermata.limits.ouput, fermata.limits.output",
    "fermata.chat.model.m.pause, fermata.chat.models",
    "fermata.chat.models.m.baseurls, fermata.chat.models.m.base-url",
    "fermata.kinds.other.timeuot, fermata.kinds.other.timeout",
    "fermata.kinds.other.inputs.query.patern, fermata.kinds.other.inputs.query.pattern",
    "fermata.kinds.my_Kind.comand, command"
  })
  void unknownKeyIsRefusedWithTheNearestName(String key, String nearest) {
    assertThatThrownBy(() -> check(key))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("there is no such setting")
        .hasMessageContaining("did you mean")
        .hasMessageContaining(nearest);
  }

  @Test
  void keyLikeNoOtherIsRefusedWithThoseThatAreThere() {
    assertThatThrownBy(() -> check("fermata.security.zzz"))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("known here are api-keys, hosts, keys-file, open");
  }

  @Test
  void keyBelowAPlainValueIsRefused() {
    keys.put("fermata.kinds.my_Kind.result.also", "x");

    assertThatThrownBy(this::check)
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("result is a plain value");
  }

  @Test
  void keyOfAnotherSortOfHandlerIsRefused() {
    assertThatThrownBy(() -> check("fermata.kinds.other.command[0]"))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("fermata.kinds.other.command");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fermata.kinds.my_Kind.files.in/deep.txt",
        "fermata.kinds.my_Kind.files.{query}.fa",
        "fermata.kinds.my_Kind.files.odd name"
      })
  void nameOfWhichAPartWouldBeDroppedIsRefused(String key) {
    assertThatThrownBy(() -> check(key))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageStartingWith(key + ": ")
        .hasMessageContaining("must stand in brackets");
  }

  @Test
  void environmentVariablesAreNotChecked() {
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                Map.of("FERMATA_PORT_8080_TCP", "tcp://10.0.0.1:8080")));

    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void systemPropertiesAreChecked() {
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
            new MapPropertySource(
                StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
                Map.of("fermata.grcae", "3s")));

    assertThatThrownBy(this::check).hasMessageContaining("fermata.grace");
  }

  private void check(String key) {
    keys.put(key, valueOf(key));
    check();
  }

  private static String valueOf(String key) {
    if (key.endsWith("open")) {
      return "true";
    }
    return key.toLowerCase(Locale.ROOT).endsWith("crash") ? "fail" : "1";
  }

  private void check() {
    FermataSettings settings =
        Binder.get(environment).bindOrCreate("fermata", FermataSettings.class);
    new KnownSettings(settings, Map.of("command", COMMAND)).check(environment);
  }
}
