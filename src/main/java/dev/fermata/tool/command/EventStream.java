package dev.fermata.tool.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fermata.kind.Run;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One of a program's output files on its way to watchers: text, in pieces of at most 64 kB that
 * never part a character; what is not UTF-8 becomes U+FFFD. The file stays open from before the
 * start, so that it is the program's own whatever the program does to its name. Confined to one
 * thread.
 */
final class EventStream implements AutoCloseable {

  /** Each byte becomes at most one character of three bytes. */
  private static final int PIECE_BYTES = 64 * 1024 / 3;

  private final Run run;
  private final String name;
  private final FileInputStream file;
  private final byte[] piece = new byte[PIECE_BYTES];
  private final CharBuffer text = CharBuffer.allocate(PIECE_BYTES + 1);
  private final CharsetDecoder decoder =
      UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  /** How many bytes at the beginning of the piece are those of a character that is not whole. */
  private int kept;

  private EventStream(Run run, String name, FileInputStream file) {
    this.run = run;
    this.name = name;
    this.file = file;
  }

  /** Makes the file, empty, and opens it. */
  static EventStream open(Run run, String name) throws IOException {
    Path file = Files.write(run.directory().resolve(name), new byte[0]);
    return new EventStream(run, name, new FileInputStream(file.toFile()));
  }

  /** Whether the program has written more than was read. */
  boolean hasMore() throws IOException {
    return file.available() > 0;
  }

  /**
   * Gives out one more piece.
   *
   * @param most how many bytes
   * @return how many bytes were read
   */
  int next(long most) throws IOException {
    int read = file.read(piece, kept, (int) Math.min(most, piece.length - kept));
    if (read <= 0) {
      return 0; // It was cut just now.
    }
    give(kept + read, false);
    return read;
  }

  /** Gives out what is left of a character that will never be whole. */
  void end() {
    give(kept, true);
  }

  void say(String words) {
    run.chunk(name, words);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void give(int length, boolean end) {
    var bytes = ByteBuffer.wrap(piece, 0, length);
    text.clear();
    decoder.reset().decode(bytes, text, end);
    kept = bytes.remaining();
    System.arraycopy(piece, bytes.position(), piece, 0, kept);
    if (text.position() > 0) {
      say(text.flip().toString());
    }
  }
}
