/** Answers chat messages by language models. */
@NullMarked
package dev.fermata.tool.chat;

import org.jspecify.annotations.NullMarked;
