package dev.fermata.tool.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fermata.job.Result;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** A file that a program left in its directory, looked at once the program has ended. */
record OutputFile(Path directory, String name) {

  /** A program's own output is no attack: it may be as deep and long as it likes. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** Whether it is a regular file, with no link on the way that leads elsewhere. */
  boolean exists() throws IOException {
    return Files.isRegularFile(path(), LinkOption.NOFOLLOW_LINKS)
        && path().toRealPath().equals(directory.toRealPath().resolve(name));
  }

  boolean empty() throws IOException {
    return Files.size(path()) == 0;
  }

  /** What a client gets of it; read piece by piece, as it may be of any length. */
  Result result() throws IOException {
    if (!isText()) {
      return Result.inFile(Result.BINARY, name);
    }
    String mediaType = isJson() ? Result.JSON : Result.TEXT;
    return Files.size(path()) <= Result.INLINE_BYTES
        ? Result.inline(mediaType, Files.readString(path()))
        : Result.inFile(mediaType, name);
  }

  /**
   * All of it.
   *
   * @throws IllegalArgumentException when it has more bytes than that
   */
  byte[] bytes(long most) throws IOException {
    long size = Files.size(path());
    if (size > most) {
      throw new IllegalArgumentException("it has " + size + " bytes; the most is " + most);
    }
    return Files.readAllBytes(path());
  }

  /** The end of it, at most so many bytes, from the beginning of a line if there is one. */
  String end(int bytes) throws IOException {
    try (var file = new RandomAccessFile(path().toFile(), "r")) {
      long from = Math.max(0, file.length() - bytes);
      byte[] tail = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(tail);
      String text = new String(tail, UTF_8).strip();
      return from == 0 ? text : text.substring(text.indexOf('\n') + 1);
    }
  }

  private Path path() {
    return directory.resolve(name);
  }

  /** Whether all of it is UTF-8 without a NUL. */
  private boolean isText() throws IOException {
    try (Reader reader = Files.newBufferedReader(path())) {
      char[] piece = new char[8192];
      for (int length; (length = reader.read(piece)) >= 0; ) {
        if (new String(piece, 0, length).indexOf('\0') >= 0) {
          return false;
        }
      }
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Whether all of it is one JSON object or array. */
  private boolean isJson() throws IOException {
    try (Reader reader = Files.newBufferedReader(path());
        JsonParser parser = JSON.createParser(ObjectReadContext.empty(), reader)) {
      return parser.nextToken() != null
          && parser.currentToken().isStructStart()
          && parser.skipChildren().nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }
}
