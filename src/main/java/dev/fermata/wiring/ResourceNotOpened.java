package dev.fermata.wiring;

/** A resource of the application could not be opened, so that the server can't start. */
final class ResourceNotOpened extends RuntimeException {

  ResourceNotOpened(String name, Throwable cause) {
    super("the application resource " + name + " could not be opened: " + cause, cause);
  }
}
