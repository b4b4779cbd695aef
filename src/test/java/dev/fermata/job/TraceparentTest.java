package dev.fermata.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a W3C {@code traceparent} is understood. */
class TraceparentTest {

  private static final String SENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void isSentOnAsItCame() {
    assertThat(Traceparent.parse(SENT))
        .contains(new Traceparent("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "01"))
        .map(Traceparent::toString)
        .contains(SENT);
  }

  @Test
  void ofALaterVersionIsReadAsFarAsItIsKnown() {
    assertThat(Traceparent.parse("cc" + SENT.substring(2) + "-what-the-future-brings"))
        .map(Traceparent::toString)
        .contains(SENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n"
      })
  void thatIsNotOneIsNone(String sent) {
    assertThat(Traceparent.parse(sent)).isEmpty();
  }
}
