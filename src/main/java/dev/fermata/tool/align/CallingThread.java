package dev.fermata.tool.align;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operating system's view of the thread that calls: lets it stand back behind the threads that
 * serve HTTP. Does nothing where that can't be done.
 */
final class CallingThread {

  private static final Logger log = LoggerFactory.getLogger(CallingThread.class);
  private static final AtomicBoolean said = new AtomicBoolean();

  private static final int PRIO_PROCESS = 0;
  private static final int SELF = 0;
  private static final @Nullable MethodHandle SETPRIORITY = find();

  private CallingThread() {}

  /** Sets its nice value; a thread can't take that back. Only on Linux is it the thread's own. */
  static void nice(int niceness) {
    if (SETPRIORITY == null) {
      say("there is no setpriority(2) of threads here", null);
      return;
    }
    try {
      if ((int) SETPRIORITY.invokeExact(PRIO_PROCESS, SELF, niceness) != 0) {
        say("setpriority(2) was refused", null);
      }
    } catch (Throwable e) {
      say("setpriority(2) can't be called", e);
    }
  }

  @SuppressWarnings("restricted") // a libc function with three ints: nothing to corrupt
  private static @Nullable MethodHandle find() {
    if (!"Linux".equals(System.getProperty("os.name"))) {
      return null;
    }
    try {
      var linker = Linker.nativeLinker();
      var ints = ValueLayout.JAVA_INT;
      return linker
          .defaultLookup()
          .find("setpriority")
          .map(f -> linker.downcallHandle(f, FunctionDescriptor.of(ints, ints, ints, ints)))
          .orElse(null);
    } catch (UnsupportedOperationException | IllegalCallerException e) {
      return null; // no linker for this processor, or native access is denied
    }
  }

  private static void say(String why, @Nullable Throwable cause) {
    if (said.compareAndSet(false, true)) {
      log.debug("computing threads keep their normal priority: {}", why, cause);
    }
  }
}
