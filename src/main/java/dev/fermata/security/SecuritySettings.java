package dev.fermata.security;

import java.util.List;

/**
 * What the door is told by the settings.
 *
 * @param ownNamesOnly whether a server without keys answers to names of its own only
 * @param names those beside localhost
 * @param requests of each client
 */
public record SecuritySettings(boolean ownNamesOnly, List<String> names, Rate requests) {}
