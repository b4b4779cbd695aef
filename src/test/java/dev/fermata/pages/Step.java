package dev.fermata.pages;

import java.util.List;

/** What a reader of a page does next. */
sealed interface Step {

  /** Where the page says it. */
  int line();

  /** Puts a text into a file. */
  record Save(int line, String file, String text) implements Step {}

  /** Gives a command, and sees that it succeeds. */
  record Give(int line, String command) implements Step {}

  /** Gives a command, and compares what comes with what the page shows. */
  record Compare(int line, String command, List<String> shown) implements Step {}
}
