package dev.fermata.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fermata.kind.JobHandler;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Whoever misspells what a kind is made of is told what there is. */
class KindsConfigurationTest {

  private static final JobHandler WRITER =
      run -> {
        throw new AssertionError("nothing runs here");
      };

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kinds.one.handler | writr | fermata.kinds.one.handler: there is no handler writr;"
            + " did you mean writer?",
        "kinds.one.handler | x | fermata.kinds.one.handler: there is no handler x;"
            + " there are writer",
        "kinds.one.lane | defalt | fermata.kinds.one: there is no lane defalt;"
            + " did you mean default?",
        "default-kind | on | fermata.default-kind: there is no kind on; did you mean one?"
      })
  void misspeltNameIsAnsweredWithTheNearest(String key, String value, String words) {
    Map<String, Object> keys = new HashMap<>();
    keys.put("fermata.kinds.one.handler", "writer");
    keys.put("fermata.kinds.one.inputs.text.primary", "true");
    keys.put("fermata.default-kind", "one");
    keys.put("fermata.lanes.default.workers", "1");
    keys.put("fermata." + key, value);
    var environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("given", keys));
    ConfigurationPropertySources.attach(environment);
    FermataSettings settings =
        Binder.get(environment).bindOrCreate("fermata", FermataSettings.class);

    InvalidSettings refusal =
        catchThrowableOfType(
            InvalidSettings.class,
            () ->
                new KindsConfiguration()
                    .kinds(settings, Map.of(), Map.of("writer", WRITER), environment));

    assertThat(refusal).hasMessage(words);
  }
}
