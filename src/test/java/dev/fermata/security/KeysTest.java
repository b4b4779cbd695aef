package dev.fermata.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are known by their hashes, and a file of them is followed as it changes. */
class KeysTest {

  @TempDir private Path directory;

  @Test
  void withoutAnyNoneIsDemanded() {
    assertThat(new Keys(Map.of(), null).demanded()).isFalse();
    assertThat(new Keys(Map.of("alice", List.of(hash("a"))), null).demanded()).isTrue();
  }

  @Test
  void keyIsFoundByItsHash() {
    Keys keys =
        new Keys(
            Map.of("alice", List.of(hash("old"), hash("new")), "bob", List.of(hash("b"))), null);

    assertThat(keys.owner("old")).contains("alice");
    assertThat(keys.owner("new")).contains("alice");
    assertThat(keys.owner("b")).contains("bob");
    assertThat(keys.owner("")).isEmpty();
    assertThat(keys.owner(hash("b"))).isEmpty();
  }

  @Test
  void hashIsThatOfTheReadme() {
    // printf %s s3cret | sha256sum
    String hash = "{sha256}1EC1C26B50D5D3C58D9583181AF8076655FE00756BF7285940BA3670F99FCBA0";

    for (String value : List.of(hash, hash.toLowerCase(Locale.ROOT), " " + hash + " ")) {
      assertThat(new Keys(Map.of("alice", List.of(value)), null).owner("s3cret")).contains("alice");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a/b", "a:b", "ä", "#a"})
  void ownerHasAPlainName(String owner) {
    assertThatThrownBy(() -> new Keys(Map.of(owner, List.of(hash("a"))), null))
        .hasMessageContaining("the name of an owner");
  }

  @Test
  void fileHasCommentsBlankLinesAndSeveralKeysOfAnOwner() throws IOException {
    Path file = file("# keys", "", "  alice :" + hash("1"), "alice:" + hash("2") + "  ", "  # end");
    Keys keys = new Keys(Map.of("alice", List.of(hash("3"))), file);

    assertThat(List.of("1", "2", "3")).allMatch(key -> keys.owner(key).isPresent());
  }

  @Test
  void fileIsReadAgainWhenItHasChanged() throws IOException {
    Keys keys = new Keys(Map.of(), file("alice: " + hash("old")));

    file("alice: " + hash("old"), "alice: " + hash("new"));
    assertThat(keys.owner("old")).contains("alice");
    assertThat(keys.owner("new")).contains("alice");
    file("alice: " + hash("new"));
    assertThat(keys.owner("old")).isEmpty();
    assertThat(keys.owner("new")).contains("alice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "alice: plain", ": {sha256}", "bob: %s"})
  void brokenVersionIsRefusedAndTheOldKeysStay(String broken) throws IOException {
    Keys keys = new Keys(Map.of("alice", List.of(hash("a"))), file("bob: " + hash("b")));

    file(broken.formatted(hash("a")), "");
    assertThat(keys.owner("a")).contains("alice");
    assertThat(keys.owner("b")).contains("bob");
    file("bob: " + hash("mended"));
    assertThat(keys.owner("b")).isEmpty();
    assertThat(keys.owner("mended")).contains("bob");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nobody"})
  void emptiedFileTakesAwayItsKeys(String empty) throws IOException {
    Keys keys = new Keys(Map.of("alice", List.of(hash("a"))), file("bob: " + hash("b")));

    file(empty);
    assertThat(keys.owner("b")).isEmpty();
    assertThat(keys.owner("a")).contains("alice");
    assertThat(keys.demanded()).isTrue();
  }

  @Test
  void fileThatVanishesChangesNothing() throws IOException {
    Keys keys = new Keys(Map.of(), file("alice: " + hash("a")));

    Files.delete(directory.resolve("keys"));
    assertThat(keys.owner("a")).contains("alice");
    assertThat(keys.demanded()).isTrue();
  }

  @Test
  void keyNeverShowsInWords() {
    assertThat(Key.of("alice", hash("a"))).hasToString("a key of alice");
  }

  private Path file(String... lines) throws IOException {
    return Files.write(directory.resolve("keys"), List.of(lines));
  }

  private static String hash(String key) {
    return "{sha256}" + HexFormat.of().formatHex(Key.hash(key));
  }
}
