package dev.fermata.security;

/**
 * How many requests one client may send.
 *
 * @param perSecond in the long run; 0 for as many as it likes
 * @param burst at once
 */
public record Rate(int perSecond, int burst) {}
