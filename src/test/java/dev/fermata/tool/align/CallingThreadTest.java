package dev.fermata.tool.align;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CallingThreadTest {

  @Test
  void theCrewStandsBackAndNobodyElse() throws Exception {
    int before = niceValue();
    Callable<Integer> niceValue = CallingThreadTest::niceValue;
    try (var crew = new Crew(2, 10)) {
      assertThat(crew.work(List.of(niceValue, niceValue, niceValue), count -> {})).containsOnly(10);
    }
    assertThat(niceValue()).isEqualTo(before);
  }

  /** Field 19 of proc(5)'s stat; the second field may hold blanks, and ends with a parenthesis. */
  private static int niceValue() throws Exception {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
  }
}
