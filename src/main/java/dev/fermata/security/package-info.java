/** The door: who may come in, whose what they send is, and what browsers are told. */
@NullMarked
package dev.fermata.security;

import org.jspecify.annotations.NullMarked;
