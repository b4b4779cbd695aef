package dev.fermata.web;

import org.springframework.util.unit.DataSize;

/**
 * What the HTTP interface is told by the settings.
 *
 * @param defaultKind the kind that {@code POST /} submits
 * @param maxBody the most that a request's body may hold
 */
public record WebSettings(String defaultKind, DataSize maxBody) {}
