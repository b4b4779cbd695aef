package dev.fermata.job;

/**
 * What a client calls one submission of its own, so that sending it again brings no second job.
 *
 * @param key as the owner calls it, among its own
 * @param fingerprint of the whole request: another request has another one
 */
public record IdempotencyKey(Owner owner, String key, String fingerprint) {}
