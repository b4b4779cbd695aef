package dev.fermata.tool.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.FileSystemResource;

class DatabaseSourceTest {

  @TempDir Path directory;
  private Path file;
  private DatabaseSource source;

  @BeforeEach
  void open() {
    file = directory.resolve("db.fasta");
    source = new DatabaseSource(new FileSystemResource(file));
  }

  @Test
  void readsRecordsInTheirOrder() throws Exception {
    Files.writeString(file, "\r\n>b second of two\r\nmkv\r\nlaa\r\n>a\r\nW*U\r\n>none\r\n");

    assertThat(source.current().targets())
        .containsExactly(
            new Target("b", "second of two", new Residues("MKVLAA", "MKVLAA")),
            new Target("a", "", new Residues("W*U", "W*X")));
    assertThat(source.current().residues()).isEqualTo(9);
  }

  @Test
  void readsAFileOnceUntilItChanges() throws Exception {
    Files.writeString(file, ">a\nMKV\n");
    Database first = source.current();
    assertThat(source.current()).isSameAs(first);

    Files.writeString(file, ">a\nMKVL\n");
    assertThat(source.current().residues()).isEqualTo(4);
  }

  @Test
  void saysWhatIsWrongWithAFile() throws Exception {
    assertRefused("db.fasta");
    Files.writeString(file, "");
    assertRefused("holds no sequence");
    Files.writeString(file, "MKV\n");
    assertRefused("line 1: FASTA begins with a header line");
    Files.writeString(file, ">a\nMKV\n>b\nMK7V\n");
    assertRefused("the record of line 3: '7' is no amino acid");
  }

  private void assertRefused(String why) {
    assertThatExceptionOfType(DatabaseUnavailable.class)
        .isThrownBy(source::current)
        .withMessageContaining(why)
        .withMessageContaining("`database`");
  }
}
