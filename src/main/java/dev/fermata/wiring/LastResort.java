package dev.fermata.wiring;

import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process at once when a thread dies because the virtual machine can't go on, as when it
 * has no memory left: without that thread the server might stand there for ever and do nothing. The
 * next start recovers.
 */
final class LastResort implements Thread.UncaughtExceptionHandler {

  /** What {@code -XX:+ExitOnOutOfMemoryError} gives. */
  private static final int CODE = 3;

  private static final Logger log = LoggerFactory.getLogger(LastResort.class);

  private final IntConsumer halt;

  LastResort(IntConsumer halt) {
    this.halt = halt;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable cause) {
    if (cause instanceof VirtualMachineError) {
      try {
        log.error("Thread {} died: the server ends", thread.getName(), cause);
      } finally {
        halt.accept(CODE);
      }
    }
    log.error("Thread {} died", thread.getName(), cause);
  }
}
