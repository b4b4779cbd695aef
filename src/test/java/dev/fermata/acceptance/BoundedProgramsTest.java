package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program that takes too much ends alone, and its job says why. */
class BoundedProgramsTest extends ServerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "while :; do :; done | exit_code | limits.cpu is 1s",
        "exec dd if=/dev/zero of=/dev/null bs=1G count=1 | exit_code | limits.memory is",
        "exec head -c 20000 /dev/zero | exit_code | limits.file-size is",
        "'mkdir tmp/d; cd tmp/d; seq 10001 | xargs touch' | output_limit | limit of 10000 files",
      })
  void programThatTakesTooMuchFails(String script, String reason, String words) {
    Reply ended = client().ended(client().submit("bounded", script));

    assertThat(ended.at("/status")).as(ended.toString()).isEqualTo("failed");
    assertThat(ended.at("/reason")).isEqualTo(reason);
    assertThat(ended.at("/message")).contains(words);
  }

  @Test
  void programThatStaysWithinItsLimitsSucceeds() {
    Reply ended = client().ended(client().submit("bounded", "echo /etc/passwd ../x"));

    assertThat(ended.at("/status")).as(ended.toString()).isEqualTo("succeeded");
    assertThat(ended.at("/result")).isEqualTo("/etc/passwd ../x\n");
  }
}
