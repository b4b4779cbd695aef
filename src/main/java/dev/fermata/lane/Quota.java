package dev.fermata.lane;

/**
 * How many jobs may wait, over all lanes.
 *
 * @param ofOwner of one owner; 0 for no limit
 * @param ofSession of one session; 0 for no limit
 */
public record Quota(int ofOwner, int ofSession) {}
