package dev.fermata.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.pages.Step.Compare;
import dev.fermata.pages.Step.Give;
import dev.fermata.pages.Step.Save;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader types, saves and compares. */
class PageTest {

  @TempDir private Path folder;

  private List<Step> steps(String page) throws IOException {
    return Page.read(Files.writeString(folder.resolve("page.md"), page)).steps();
  }

  @Test
  void commandsAreTypedAndHeldAgainstWhatIsBelowThem() throws IOException {
    assertThat(
            steps(
                """
                # A page
                ```sh
                mkdir -p tmp
                ls
                ```
                ```console
                $ cat > file <<'END'
                $ no command
                END
                $ cat file
                $ ls
                file
                tmp
                ```
                ```
                a picture
                ```
                """))
        .containsExactly(
            new Give(3, "mkdir -p tmp\nls"),
            new Compare(7, "cat > file <<'END'\n$ no command\nEND", List.of()),
            new Compare(10, "cat file", List.of()),
            new Compare(11, "ls", List.of("file", "tmp")));
  }

  @Test
  void blockThatNamesItsFileIsSaved() throws IOException {
    assertThat(
            steps(
                """
                ```yaml
                # application.yml
                fermata.default-kind: align
                ```
                ```yaml
                # whatever
                fermata.default-kind: chat
                ```
                """))
        .containsExactly(
            new Save(2, "application.yml", "# application.yml\nfermata.default-kind: align\n"));
  }
}
