package dev.fermata.tool.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.fermata.job.ProcessGroup;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What proc(5) says of one process at one moment. */
record ProcessEntry(long pid, char state, long parent, long group, long session, long startTicks) {

  private static final Path PROC = Path.of("/proc");

  static List<ProcessEntry> all() {
    var entries = new ArrayList<ProcessEntry>();
    try (DirectoryStream<Path> pids = Files.newDirectoryStream(PROC, "[1-9]*")) {
      pids.forEach(
          pid -> read(Long.parseLong(pid.getFileName().toString())).ifPresent(entries::add));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  /** Empty when there is no such process. */
  static Optional<ProcessEntry> read(long pid) {
    try {
      String stat = read(pid + "/stat");
      // The name before it, in parentheses, may hold anything, also spaces and parentheses.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of(
          new ProcessEntry(
              pid,
              fields[0].charAt(0),
              Long.parseLong(fields[1]),
              Long.parseLong(fields[2]),
              Long.parseLong(fields[3]),
              Long.parseLong(fields[19])));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Which boot of the machine this is. */
  static String bootId() throws IOException {
    return read("sys/kernel/random/boot_id").strip();
  }

  /** Whether it runs; a zombie has ended, and only waits for its parent to notice. */
  boolean alive() {
    return state != 'Z' && state != 'X';
  }

  boolean leads(ProcessGroup group) {
    return pid == group.id() && startTicks == group.startTicks();
  }

  /** Whether it was started with a variable, given as {@code NAME=value}, in its environment. */
  boolean carries(String variable) {
    try {
      String environment = read(pid + "/environ");
      return ("\0" + environment).contains("\0" + variable + "\0");
    } catch (IOException e) {
      return false; // It has ended, or is somebody else's.
    }
  }

  /** Sends TERM, or KILL; does nothing once it has ended, also when its number is used again. */
  void signal(boolean kill) {
    ProcessHandle.of(pid)
        .filter(handle -> read(pid).filter(now -> now.startTicks == startTicks).isPresent())
        .ifPresent(handle -> send(handle, kill));
  }

  @SuppressWarnings("CheckReturnValue") // Whether it worked shows in /proc.
  private static void send(ProcessHandle handle, boolean kill) {
    if (kill) {
      handle.destroyForcibly();
    } else {
      handle.destroy();
    }
  }

  /** Not by a channel: an interrupt would close it, and a live process would seem to have ended. */
  private static String read(String name) throws IOException {
    try (var file = new FileInputStream(PROC.resolve(name).toFile())) {
      return new String(file.readAllBytes(), ISO_8859_1);
    }
  }
}
