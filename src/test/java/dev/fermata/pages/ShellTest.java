package dev.fermata.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that fails passes for true because what follows it succeeds. */
class ShellTest {

  @TempDir private Path folder;

  private int code(String commands) throws IOException, InterruptedException {
    try (var shell = new Shell(folder, Map.of())) {
      return shell.type(commands).code();
    }
  }

  @Test
  void commandThatFailsIsSeenWhateverFollows() throws Exception {
    assertThat(code("true\n(exit 7)\n(exit 8)\ntrue")).isEqualTo(7);
    assertThat(code("cat <<'END' | grep -q b\na\nEND")).isEqualTo(1);
  }

  @Test
  void whatIsOnlyAskedFailsNothing() throws Exception {
    assertThat(code("while false; do :; done\nfalse || true")).isZero();
  }

  @Test
  void oneFailureIsForgottenByTheNextCommand() throws Exception {
    try (var shell = new Shell(folder, Map.of())) {
      assertThat(shell.type("false").code()).isEqualTo(1);
      assertThat(shell.type("true").code()).isZero();
    }
  }
}
