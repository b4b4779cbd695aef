package dev.fermata.tool.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ModelsTest {

  @ParameterizedTest
  @ValueSource(strings = {"word", " a  b\n\tc ", "\n", "   ", "é ☃\u00a0🎼 \r\n x", "a\n\n\nb", ""})
  void anEchoRepeatsTheLastMessageByteForByte(String message) throws Exception {
    var pieces = new ArrayList<String>();
    models("pause=0s")
        .named("m")
        .reply(
            List.of(new ChatMessage("user", "first"), new ChatMessage("user", message)),
            pieces::add);
    assertThat(String.join("", pieces)).isEqualTo(message);
    assertThat(pieces).hasSize(message.isEmpty() ? 0 : Math.max(1, words(message)));
  }

  @ParameterizedTest
  @CsvSource({
    "connect-timeout=1s, neither",
    "pause=1s;base-url=http://localhost/v1, both",
    "pause=1s;name=x, both",
    "pause=-1s, below 0",
    "base-url=http://localhost/v1, has no name",
    "name=x, has no base-url",
    "name=x;base-url=localhost:11434/v1, is not like http",
    "name=x;base-url=ftp://localhost/v1, is not like http",
    "name=x;base-url=http://user:secret@localhost/v1, a key goes into api-key",
    "name=x;base-url=http://local host/v1, base-url that is none",
    "name=x;base-url=http://localhost/v1;idle-timeout=0s, idle-timeout"
  })
  void settingsThatMakeNoSenseAreRefused(String settings, String complaint) {
    assertThatThrownBy(() -> models(settings.split(";")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("the model m ", complaint)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void anUnknownModelIsRefusedWithThoseThatAreThere() {
    assertThatThrownBy(() -> models("pause=1s").named("other"))
        .hasMessageContainingAll("other", "there are [m]");
  }

  @Test
  void aKeyIsNeverShown() {
    assertThat(settings("name=x", "base-url=http://localhost/v1", "api-key=secret").toString())
        .doesNotContain("secret");
  }

  private static int words(String message) {
    return message.isBlank() ? 0 : message.strip().split("\\s+").length;
  }

  private static Models models(String... settings) {
    return new Models(Map.of("m", settings(settings)));
  }

  private static ModelSettings settings(String... pairs) {
    var keys = new LinkedHashMap<String, String>();
    for (String pair : pairs) {
      keys.put("m." + pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return new Binder(new MapConfigurationPropertySource(keys))
        .bind("m", Bindable.of(ModelSettings.class))
        .get();
  }
}
