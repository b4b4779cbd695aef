package dev.fermata.job;

import org.jspecify.annotations.Nullable;

/**
 * How far a running job has come.
 *
 * @param fraction from 0 to 1; null when it is not known
 */
public record Progress(@Nullable Double fraction, @Nullable String message) {}
