package dev.fermata.tool.align;

/**
 * One record of the database.
 *
 * @param name the first word of its header
 * @param description the rest of its header
 */
record Target(String name, String description, Residues residues) {}
