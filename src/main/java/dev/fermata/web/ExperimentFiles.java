package dev.fermata.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fermata.directory.Directories;
import dev.fermata.job.JobId;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * The regular files of experiment directories. Every step of a path is opened from the directory
 * above it and is never a link, so that a program can't lead a reader outside, not even by swapping
 * names while it is read.
 */
@Component
final class ExperimentFiles {

  /** A file, by its path relative to the experiment directory. */
  record Entry(String name, long size, FileTime modified) {}

  /** In bytes; a longer one is no name on any file system of Linux. */
  private static final int LONGEST_NAME = 255;

  private final Directories directories;

  ExperimentFiles(Directories directories) {
    this.directories = directories;
  }

  /** All files by name; none when the job hasn't started. */
  List<Entry> list(JobId id) throws IOException {
    var entries = new ArrayList<Entry>();
    try (var root = root(id)) {
      collect(root, "", entries);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    entries.sort(Comparator.comparing(Entry::name));
    return entries;
  }

  /**
   * Opens a file for reading.
   *
   * @throws NoSuchFileException when there is no such regular file
   */
  SeekableByteChannel open(JobId id, List<String> path) throws IOException {
    if (path.isEmpty()
        || path.getFirst().equals(Directories.TMP)
        || path.stream().anyMatch(it -> !isName(it))) {
      throw new NoSuchFileException(String.join("/", path));
    }
    try (var root = root(id)) {
      return open(root, path);
    } catch (NotDirectoryException | AccessDeniedException | InvalidPathException e) {
      throw new NoSuchFileException(String.join("/", path));
    }
  }

  private static boolean isName(String step) {
    return !step.isEmpty()
        && !step.equals(".")
        && !step.equals("..")
        && step.indexOf('/') < 0
        && step.indexOf('\0') < 0
        && step.getBytes(UTF_8).length <= LONGEST_NAME;
  }

  private SecureDirectoryStream<Path> root(JobId id) throws IOException {
    Path directory = directories.of(id);
    Path parent = directory.resolveSibling("");
    try (var all = Files.newDirectoryStream(parent)) {
      return below(all, directory.getFileName());
    }
  }

  private static SeekableByteChannel open(SecureDirectoryStream<Path> directory, List<String> path)
      throws IOException {
    Path first = Path.of(path.getFirst());
    if (path.size() > 1) {
      try (var below = below(directory, first)) {
        return open(below, path.subList(1, path.size()));
      }
    }
    if (!attributes(directory, first).isRegularFile()) {
      throw new NoSuchFileException(first.toString());
    }
    return directory.newByteChannel(
        first, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  private static void collect(
      SecureDirectoryStream<Path> directory, String prefix, List<Entry> entries)
      throws IOException {
    for (Path child : directory) {
      Path name = child.getFileName();
      try {
        collect(directory, name, prefix, entries);
      } catch (NoSuchFileException
          | NotDirectoryException
          | AccessDeniedException
          | InvalidPathException e) {
        // It was removed or replaced meanwhile, or nobody can read or name it.
      }
    }
  }

  private static void collect(
      SecureDirectoryStream<Path> directory, Path name, String prefix, List<Entry> entries)
      throws IOException {
    BasicFileAttributes attributes = attributes(directory, name);
    if (attributes.isRegularFile()) {
      entries.add(new Entry(prefix + name, attributes.size(), attributes.lastModifiedTime()));
    } else if (attributes.isDirectory() && !(prefix + name).equals(Directories.TMP)) {
      try (var below = below(directory, name)) {
        collect(below, prefix + name + "/", entries);
      }
    }
  }

  private static BasicFileAttributes attributes(SecureDirectoryStream<Path> directory, Path name)
      throws IOException {
    return directory
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  private static SecureDirectoryStream<Path> below(DirectoryStream<Path> directory, Path name)
      throws IOException {
    if (!(directory instanceof SecureDirectoryStream<Path> secure)) {
      throw new IOException("this platform can't open files without following links");
    }
    if (!attributes(secure, name).isDirectory()) {
      throw new NotDirectoryException(name.toString());
    }
    return secure.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
  }
}
