/** The experiment directories, one for each job. */
@NullMarked
package dev.fermata.directory;

import org.jspecify.annotations.NullMarked;
