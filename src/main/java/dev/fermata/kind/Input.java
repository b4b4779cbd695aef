package dev.fermata.kind;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One declared input of a kind.
 *
 * @param primary whether a raw body fills it
 * @param defaultValue its value when it is not given; null for the empty string
 * @param pattern what the whole value must match; null for anything
 * @param maxBytes the most it may hold, in bytes of UTF-8
 * @param records how many FASTA records it takes; only looked at for sequences
 */
public record Input(
    String name,
    boolean required,
    boolean primary,
    Format format,
    @Nullable String defaultValue,
    @Nullable Pattern pattern,
    long maxBytes,
    Records records) {}
