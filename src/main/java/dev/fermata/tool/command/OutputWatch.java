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
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** How much a program may leave in its directory, standard output and error included. */
record OutputWatch(Path directory, DataSize limit) {

  boolean exceeded() {
    try {
      return written() > limit.toBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JobFailed failure(int returnCode) {
    return new JobFailed(
        Reason.OUTPUT_LIMIT,
        "The program was ended, as it wrote more than the limit of %s bytes."
            .formatted(limit.toBytes()),
        returnCode);
  }

  private long written() throws IOException {
    var bytes = new AtomicLong();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes.addAndGet(attributes.isRegularFile() ? attributes.size() : 0);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    return bytes.get();
  }
}
