/** The README and the pages of the cookbook, followed to the letter. */
@NullMarked
package dev.fermata.pages;

import org.jspecify.annotations.NullMarked;
