/** What a deployer writes. */
@NullMarked
package org.example;

import org.jspecify.annotations.NullMarked;
