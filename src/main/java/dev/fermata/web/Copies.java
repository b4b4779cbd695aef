package dev.fermata.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Copies bytes, and lets other requests go on between two pieces: nobody takes the processor from a
 * virtual thread that compresses or hashes, and a machine has as few of these as processors.
 */
final class Copies {

  private static final int PIECE = 16 * 1024;

  private Copies() {}

  static void transfer(InputStream in, OutputStream out) throws IOException {
    byte[] piece = new byte[PIECE];
    for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
      out.write(piece, 0, length);
      pause();
    }
  }

  /** Between two pieces. */
  @SuppressWarnings("ThreadPriorityCheck") // virtual threads are scheduled by the order they yield
  static void pause() {
    Thread.yield();
  }
}
