package dev.fermata.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** What is read of requests has room in memory, or is refused. */
class BodiesTest {

  private static final int LIMIT = 3 * Bodies.STEP;

  private final Bodies bodies = new Bodies(LIMIT, LIMIT);

  private static MockHttpServletRequest request(int bytes) {
    var request = new MockHttpServletRequest();
    request.setContent(new byte[bytes]);
    return request;
  }

  @Test
  void bodyIsHandedOverWhole() {
    assertThat(bodies.<Integer>with(request(LIMIT), body -> body.bytes().length)).isEqualTo(LIMIT);
    assertThat(bodies.<Integer>with(request(0), body -> body.bytes().length)).isZero();
  }

  @Test
  void bodyOverTheLimitIsRefused() {
    assertThatThrownBy(() -> bodies.with(request(LIMIT + 1), Body::bytes))
        .hasMessageContaining("at most " + LIMIT);
  }

  @Test
  void bodyThatHasNoRoomBesideOthersIsRefusedUntilTheyAreDone() {
    bodies.with(
        request(LIMIT),
        first -> {
          assertThatThrownBy(() -> bodies.with(request(2 * Bodies.STEP), Body::bytes))
              .hasMessageContaining("no room");
          return bodies.with(request(Bodies.STEP), Body::bytes);
        });

    assertThat(bodies.<Integer>with(request(LIMIT), body -> body.bytes().length)).isEqualTo(LIMIT);
  }

  @Test
  void roomIsFreeAgainAfterAFailure() {
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(
              () ->
                  bodies.with(
                      request(LIMIT),
                      body -> {
                        throw new IllegalStateException("in a test");
                      }))
          .hasMessage("in a test");
    }
  }
}
