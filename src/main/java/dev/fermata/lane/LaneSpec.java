package dev.fermata.lane;

/**
 * How a lane is set up.
 *
 * @param workers how many of its jobs run at a time, at least 1
 * @param capacity how many jobs may wait, at least 1
 */
public record LaneSpec(String name, int workers, int capacity) {}
