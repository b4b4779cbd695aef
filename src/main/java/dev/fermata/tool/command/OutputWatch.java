package dev.fermata.tool.command;

import dev.fermata.job.Reason;
import dev.fermata.kind.JobFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at whether a program has left more in its directory than it may; a look ends where too much
 * is found, and what was too much once stays so. Confined to one thread.
 */
final class OutputWatch {

  /** Each level is an open file of the server's while it looks. */
  private static final int MOST_LEVELS = 100;

  private final Path directory;
  private final OutputLimits limits;
  private @Nullable String excess;

  OutputWatch(Path directory, OutputLimits limits) {
    this.directory = directory;
    this.limits = limits;
  }

  boolean exceeded() {
    if (excess == null) {
      excess = look();
    }
    return excess != null;
  }

  JobFailed failure(int returnCode) {
    return new JobFailed(Reason.OUTPUT_LIMIT, "The program " + excess + ".", returnCode);
  }

  private @Nullable String look() {
    var count = new Count(directory, limits);
    try {
      Files.walkFileTree(directory, Set.of(), MOST_LEVELS, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count.excess;
  }

  /** One walk through the directory. */
  private static final class Count extends SimpleFileVisitor<Path> {

    private final Path root;
    private final OutputLimits limits;
    private long bytes;
    private int files;
    private @Nullable String excess;

    Count(Path root, OutputLimits limits) {
      this.root = root;
      this.limits = limits;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return directory.equals(root) ? FileVisitResult.CONTINUE : one(0);
    }

    /** Also for a directory on the last level. */
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return attributes.isDirectory()
          ? tooMuch("made directories of more than " + MOST_LEVELS + " levels")
          : one(attributes.isRegularFile() ? attributes.size() : 0);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    private FileVisitResult one(long size) {
      bytes += size;
      files++;
      if (bytes > limits.bytes().toBytes()) {
        return tooMuch(
            "wrote more than the limit of %d bytes (limits.output)"
                .formatted(limits.bytes().toBytes()));
      }
      return files > limits.files()
          ? tooMuch(
              "made more than the limit of %d files and directories (limits.files)"
                  .formatted(limits.files()))
          : FileVisitResult.CONTINUE;
    }

    private FileVisitResult tooMuch(String what) {
      excess = what;
      return FileVisitResult.TERMINATE;
    }
  }
}
