package dev.fermata.chaos;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A disk of a few megabytes that a test may fill and break; a test is skipped where none can be.
 */
record SmallDisk(Path place) implements AutoCloseable {

  private static final int SIZE = 24;

  /** One in memory. */
  static SmallDisk inMemory(Path place) throws IOException {
    return mounted(place, "mount", "-t", "tmpfs", "-o", "size=" + SIZE + "m", "tmpfs");
  }

  /** One in a file, which takes no more writes after its first error. */
  static SmallDisk inFile(Path place, Path image) throws IOException {
    try (var file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(SIZE * 1024L * 1024L);
    }
    Command made = Command.run("mkfs.ext4", "-q", image.toString());
    assumeTrue(made.succeeded(), "needs mkfs.ext4: " + made);
    return again(place, image);
  }

  /** The disk in a file as another start of the machine finds it. */
  static SmallDisk again(Path place, Path image) throws IOException {
    return mounted(place, "mount", "-o", "loop,errors=remount-ro", image.toString());
  }

  private static SmallDisk mounted(Path place, String... mount) throws IOException {
    Files.createDirectories(place);
    String[] command = Arrays.copyOf(mount, mount.length + 1);
    command[mount.length] = place.toString();
    Command mounted = Command.run(command);
    assumeTrue(mounted.succeeded(), "needs the right to mount: " + mounted);
    return new SmallDisk(place);
  }

  /** Leaves no byte free. */
  void fill() throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream filler = Files.newOutputStream(filler())) {
      while (true) {
        filler.write(block);
      }
    } catch (IOException full) {
      if (place.toFile().getUsableSpace() > 0) {
        throw full;
      }
    }
  }

  void free() throws IOException {
    Files.delete(filler());
  }

  private Path filler() {
    return place.resolve("filler");
  }

  /** Lets the disk in a file meet its first error. */
  void fail() throws IOException {
    String device = Command.must("findmnt", "-no", "SOURCE", place.toString());
    if (!device.startsWith("/dev/loop")) {
      throw new AssertionError("not a disk of this test: " + device);
    }
    Path trigger = Path.of("/sys/fs/ext4", device.substring(5), "trigger_fs_error");
    assumeTrue(Files.isWritable(trigger), "needs " + trigger);
    Files.writeString(trigger, "1");
  }

  @Override
  public void close() {
    Command.must("umount", place.toString());
  }
}
