/** What a clone brings besides code: an image, workflows, and what a release is made of. */
@NullMarked
package dev.fermata.delivery;

import org.jspecify.annotations.NullMarked;
