package dev.fermata.chaos;

/**
 * A submission that the server has answered for: the job must be there from now on.
 *
 * @param cycle in which run of the server
 * @param sent when the client began to send it, by {@link System#nanoTime}
 * @param answered when the client had the answer
 */
record Acknowledged(String id, Wish wish, int cycle, long sent, long answered) {}
