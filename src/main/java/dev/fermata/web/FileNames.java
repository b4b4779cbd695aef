package dev.fermata.web;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.http.MediaType;

/** The media types under which files are served. */
final class FileNames {

  private static final Set<String> BINARY =
      Set.of("gz", "zip", "bz2", "xz", "zst", "tar", "bin", "db", "sqlite", "bam", "exe", "so");

  private static final Map<String, MediaType> KNOWN =
      Map.of(
          "json", MediaType.APPLICATION_JSON,
          "png", MediaType.IMAGE_PNG,
          "jpg", MediaType.IMAGE_JPEG,
          "jpeg", MediaType.IMAGE_JPEG,
          "gif", MediaType.IMAGE_GIF,
          "pdf", MediaType.APPLICATION_PDF);

  private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=UTF-8");

  private FileNames() {}

  /** All else is text, HTML and SVG too: what a program writes must not run in a browser. */
  static MediaType type(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (BINARY.contains(extension)) {
      return MediaType.APPLICATION_OCTET_STREAM;
    }
    return KNOWN.getOrDefault(extension, TEXT);
  }
}
