package dev.fermata.lane;

import dev.fermata.job.Job;

/**
 * A submission that was accepted, and where its job stood at that moment: waiting, last in line.
 */
public record Acceptance(Job job, Standing standing) {}
