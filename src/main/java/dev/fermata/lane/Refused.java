package dev.fermata.lane;

/** A submission can't be accepted now; nothing of it is kept, and it may be sent again later. */
public abstract sealed class Refused extends RuntimeException {

  private Refused(String message) {
    super(message);
  }

  /** As many jobs wait as the lane may hold. */
  public static final class BacklogFull extends Refused {
    BacklogFull(String lane, int capacity) {
      super("The backlog of lane " + lane + " is full: " + capacity + " jobs wait.");
    }
  }

  /** The server is stopping. */
  public static final class Draining extends Refused {
    Draining() {
      super("The server is stopping and takes no more jobs.");
    }
  }
}
