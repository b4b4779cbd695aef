package dev.fermata.chaos;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants done once.
 *
 * @param text begins with a word that no other wish has
 * @param session null for none
 */
record Wish(Work work, String text, @Nullable String session) {

  /** The sorts of job that clients submit. */
  enum Work {
    WRITE,
    SLOW,
    ENDLESS,
    TURN;

    static Work of(String kind) {
      return kind.equals("chat") ? TURN : valueOf(kind.toUpperCase(Locale.ROOT));
    }

    /** Whether it is done by a program on the lane with one worker. */
    boolean inLine() {
      return this != TURN;
    }

    private String kind() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int MOST_WORDS = 12;

  static Wish program(Work work, String mark, Random random) {
    return new Wish(work, words(mark, random) + "\n\u00fc{" + random.nextInt() + "}\n", null);
  }

  static Wish turn(String session, String mark, Random random) {
    return new Wish(Work.TURN, words(mark, random), session);
  }

  private static String words(String mark, Random random) {
    var words = new StringBuilder(mark);
    for (int n = random.nextInt(MOST_WORDS); n >= 0; n--) {
      words.append(' ').append(Integer.toString(random.nextInt(1_000_000), 36));
    }
    return words.toString();
  }

  /** The word by which a job is known as the one that was wished for. */
  String mark() {
    return mark(text);
  }

  static String mark(String text) {
    return text.split(" ", 2)[0];
  }

  Reply submit(Client client, String... headers) throws IOException {
    String path =
        session == null ? "/jobs?kind=" + work.kind() : "/sessions/" + session + "/messages";
    return client.post(path, text, with(headers, "Content-Type", "text/plain"));
  }

  private static String[] with(String[] headers, String name, String value) {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = name;
    all[headers.length + 1] = value;
    return all;
  }
}
