package dev.fermata.tool.command;

import org.springframework.util.unit.DataSize;

/**
 * How much any program may give out.
 *
 * @param bytes in its directory, standard output and error included
 * @param files files and directories there, those that it found at its start included
 * @param events what of its output clients see as events
 */
record OutputLimits(DataSize bytes, int files, DataSize events) {}
