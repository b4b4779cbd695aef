package dev.fermata.job;

import org.jspecify.annotations.Nullable;

/**
 * What a handler gives back when its work is done.
 *
 * @param returnCode of the program that did the work; null when there was none
 */
public record Answer(@Nullable Result result, @Nullable Integer returnCode) {}
