/** Named state that jobs work on in turn, opened by the worker and saved with the job's outcome. */
@NullMarked
package dev.fermata.session;

import org.jspecify.annotations.NullMarked;
