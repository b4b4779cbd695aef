package dev.fermata.directory;

import dev.fermata.job.JobId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The experiment directories: one for each job, under one root. */
public final class Directories {

  /** The directory for temporary files inside an experiment directory; clients don't see it. */
  public static final String TMP = "tmp";

  private final Path root;

  public Directories(Path root) {
    this.root = root;
  }

  /** Where a job's directory is; it exists from the job's first start until it is removed. */
  public Path of(JobId id) {
    return root.resolve(id.toString());
  }

  /** Makes the directory anew: nothing of an earlier attempt is in it. */
  public Path create(JobId id) throws IOException {
    remove(id);
    Path directory = of(id);
    Files.createDirectories(directory.resolve(TMP));
    return directory;
  }

  /** Removes the temporary files, whose use ends with the attempt. */
  public void removeTemporaryFiles(JobId id) throws IOException {
    removeTree(of(id).resolve(TMP));
  }

  /** Removes the directory and all in it; does nothing when there is none. */
  public void remove(JobId id) throws IOException {
    removeTree(of(id));
  }

  /**
   * What a job's directory takes on the disk, in bytes: files and directories in whole blocks. 0
   * when there is none. What can't be read counts for nothing.
   */
  public long size(JobId id) throws IOException {
    var size = new Size();
    Files.walkFileTree(of(id), size);
    return size.bytes();
  }

  /** Shows the ids of all directories, so many at a time, to one who says whether to go on. */
  public void walk(int batch, Predicate<List<JobId>> visitor) throws IOException {
    if (!Files.exists(root)) {
      return; // no job has started yet
    }
    var ids = new ArrayList<JobId>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(root)) {
      for (Path directory : all) {
        JobId.parse(directory.getFileName().toString()).ifPresent(ids::add);
        if (ids.size() == batch) {
          if (!visitor.test(List.copyOf(ids))) {
            return;
          }
          ids.clear();
        }
      }
    }
    var _ = visitor.test(List.copyOf(ids)); // there is nothing to go on with
  }

  private static void removeTree(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          // What a program made read-only goes too; links are visited as files.
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          // Somebody else may remove the same tree.
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
            if (failed instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failed;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed)
              throws IOException {
            if (failed != null) {
              throw failed;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
