package dev.fermata.kind;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ContentTest {

  @Test
  void textStaysAsItIs() {
    assertThat(Content.encode(">Größe\nMVHL\n".getBytes(UTF_8))).isEqualTo(">Größe\nMVHL\n");
    assertThat(Content.decode(">Größe\nMVHL\n")).isEqualTo(">Größe\nMVHL\n".getBytes(UTF_8));
  }

  @Test
  void anyBytesSurvive() {
    for (byte[] bytes :
        new byte[][] {
          {}, {0}, {(byte) 0xff, 1}, "data:x".getBytes(UTF_8), "a\0b".getBytes(UTF_8)
        }) {
      String text = Content.encode(bytes);
      assertThat(text).doesNotContain("\0");
      assertThat(Content.decode(text)).isEqualTo(bytes);
    }
  }

  @Test
  void anyMediaTypeIsDecoded() {
    assertThat(Content.decode("data:text/plain;charset=utf-8;base64,aGk="))
        .asString()
        .isEqualTo("hi");
    assertThat(Content.decode("data:no base64")).asString().isEqualTo("data:no base64");
  }

  @Test
  void brokenBase64IsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Content.decode("data:;base64,a*"));
  }
}
