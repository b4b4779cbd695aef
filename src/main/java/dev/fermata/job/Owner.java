package dev.fermata.job;

/** Whose a job or a session is: for others it does not exist. */
public record Owner(String name) {

  /** Of all that comes to a server without keys. */
  public static final Owner NOBODY = new Owner("");
}
