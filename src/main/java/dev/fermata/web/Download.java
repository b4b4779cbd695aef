package dev.fermata.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.MediaType;

/** Sends a file byte for byte, or one range of it (RFC 9110, section 14). */
final class Download {

  private static final int BUFFER = 64 * 1024;

  private Download() {}

  /** Sends a file as long as it is now, even if it grows meanwhile. */
  static void send(
      SeekableByteChannel file,
      MediaType type,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    long size = file.size();
    Optional<HttpRange> range = range(request);
    long start = range.map(it -> it.getRangeStart(size)).orElse(0L);
    long end = range.map(it -> it.getRangeEnd(size)).orElse(size - 1);
    if (range.isPresent()) {
      if (start >= size) {
        throw Problem.RANGE_NOT_SATISFIABLE
            .because("The file has " + size + " bytes.")
            .with(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
      }
      response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
      response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes " + start + "-" + end + "/" + size);
    }
    response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    head(type, end - start + 1, response);
    if (!request.getMethod().equals("HEAD")) {
      copy(file.position(start), end - start + 1, response.getOutputStream());
    }
  }

  /** What a program wrote must not run in a browser. */
  static void head(MediaType type, long length, HttpServletResponse response) {
    response.setContentType(type.toString());
    response.setContentLengthLong(length);
    response.setHeader("Content-Security-Policy", "sandbox");
  }

  /** What isn't one valid range, or can't be held against a validator, is the whole (ibid.). */
  private static Optional<HttpRange> range(HttpServletRequest request) {
    if (!request.getMethod().equals("GET") || request.getHeader(HttpHeaders.IF_RANGE) != null) {
      return Optional.empty();
    }
    try {
      List<HttpRange> ranges = HttpRange.parseRanges(request.getHeader(HttpHeaders.RANGE));
      return ranges.size() == 1 ? Optional.of(ranges.getFirst()) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void copy(SeekableByteChannel file, long length, OutputStream out)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (long left = length; left > 0; left -= buffer.position()) {
      buffer.clear().limit((int) Math.min(left, BUFFER));
      if (file.read(buffer) < 0) {
        throw new EOFException("the file was cut while it was sent");
      }
      out.write(buffer.array(), 0, buffer.position());
      Copies.pause();
    }
  }
}
