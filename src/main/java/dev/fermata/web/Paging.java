package dev.fermata.web;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list a client wants.
 *
 * @param after the sequence number to go on from; null for the first page
 */
record Paging(int limit, @Nullable Long after) {

  private static final int USUAL = 50;
  private static final int MOST = 500;

  static Paging of(QueryString query) {
    return new Paging(limit(query), query.one("after").map(Cursor::seq).orElse(null));
  }

  static int limit(QueryString query) {
    return query.one("limit").map(Paging::limit).orElse(USUAL);
  }

  /** An index that a page ends before. */
  static long before(String text) {
    if (!text.matches("[0-9]+")) {
      throw QueryString.invalid("before", "It must be the index of a message, from 0.");
    }
    return text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text);
  }

  private static int limit(String text) {
    if (!text.matches("0*[1-9][0-9]*")) {
      throw QueryString.invalid("limit", "It must be a positive number.");
    }
    return text.length() > 9 ? MOST : Math.min(Integer.parseInt(text), MOST);
  }

  long afterOr(long first) {
    return after == null ? first : after;
  }

  /** One more than wanted tells whether there is another page. */
  int limitAndOne() {
    return limit + 1;
  }

  <T> List<T> page(List<T> found) {
    return found.subList(0, Math.min(limit, found.size()));
  }

  /** The cursor behind a page; null when nothing is there. */
  <T> @Nullable String next(List<T> found, ToLongFunction<T> seq) {
    return found.size() > limit ? Cursor.of(seq.applyAsLong(found.get(limit - 1))) : null;
  }
}
