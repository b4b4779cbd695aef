package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server without keys on loopback is for whoever sits at the machine, and not for the pages that
 * their browser shows.
 */
class BrowsersTest extends ServerTest {

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site: cross-site",
    "Sec-Fetch-Site: same-site",
    "Sec-Fetch-Site: something-new",
    "Origin: http://elsewhere.example",
    "Origin: http://localhost:1",
    "Origin: http://localhost",
    "Origin: null",
    "Origin: "
  })
  void pageFromElsewhereChangesNothing(String header) throws IOException {
    Traces before = traces();
    for (String line :
        List.of("POST /", "POST /jobs?kind=script", "PUT /sessions/s", "DELETE /sessions/s")) {
      assertProblem(send(line, "localhost:" + client().port(), header), 403, "foreign-origin");
    }
    assertThat(traces()).isEqualTo(before);
  }

  /** A look can end a job, if it says so and goes away. */
  @ParameterizedTest
  @ValueSource(strings = {"onDisconnect=cancel", "onDisc%6fnnect=cancel", "%"})
  void pageFromElsewhereCancelsNothingByLooking(String query) throws IOException {
    String id = client().submit("script", "quick");
    String line = "GET /jobs/" + id + "/events?" + query;
    assertProblem(
        send(line, "localhost:" + client().port(), "Sec-Fetch-Site: cross-site"),
        403,
        "foreign-origin");
  }

  @Test
  void pageFromElsewhereMayLook() throws IOException {
    assertThat(send("GET /jobs", "localhost", "Sec-Fetch-Site: cross-site").status())
        .isEqualTo(200);
  }

  @Test
  void ownPagesAndOtherProgramsAreNeverInTheWay() throws IOException {
    String host = "localhost:" + client().port();
    for (String header :
        List.of(
            "User-Agent: curl",
            "Sec-Fetch-Site: same-origin",
            "Sec-Fetch-Site: none",
            "Origin: http://" + host,
            "Origin: https://" + host)) {
      assertThat(send("POST /jobs?kind=script", host, header).status()).isEqualTo(202);
    }
    // Behind a proxy the names differ; the browser knows better.
    assertThat(
            send(
                    "POST /jobs?kind=script",
                    host,
                    "Origin: https://public.example\r\nSec-Fetch-Site: same-origin")
                .status())
        .isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "elsewhere.example",
        "localhost.elsewhere.example",
        "127.0.0.1.elsewhere.example",
        "notlocalhost",
        "x"
      })
  void nameThatIsNotItsOwnLeadsNowhere(String name) throws IOException {
    for (String host : List.of(name, name + ":" + client().port())) {
      for (String line : List.of("GET /jobs", "GET /", "POST /", "OPTIONS /jobs", "GET /nowhere")) {
        assertProblem(send(line, host, "Accept: */*"), 403, "foreign-host");
      }
    }
    assertProblem(send("GET http://" + name + "/jobs", name, "Accept: */*"), 403, "foreign-host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST", "fermata.localhost", "127.0.0.1", "192.0.2.7", "[::1]"})
  void localhostAndNumbersAreItsOwn(String name) throws IOException {
    for (String host : List.of(name, name + ":8080")) {
      assertThat(send("GET /jobs", host, "Accept: */*").status()).as(host).isEqualTo(200);
    }
  }

  @Test
  void oldClientNeedsNoHost() throws IOException {
    try (var wire = new Wire(client().port())) {
      assertThat(wire.lines("GET /jobs HTTP/1.0", "").read().status()).isEqualTo(200);
    }
  }

  private Reply send(String line, String host, String header) throws IOException {
    var lines = new ArrayList<>(List.of(line + " HTTP/1.1", "Host: " + host, header));
    lines.addAll(List.of("Connection: close", "Content-Type: text/plain", "Content-Length: 0", ""));
    try (var wire = new Wire(client().port())) {
      return wire.lines(lines.toArray(String[]::new)).read();
    }
  }
}
