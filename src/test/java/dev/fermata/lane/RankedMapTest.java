package dev.fermata.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ranked map agrees with a sorted map of the library, and stays quick when it is large. */
class RankedMapTest {

  private static final int MILLION = 1_000_000;

  private final RankedMap<String> map = new RankedMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesWithATreeMap(long seed) {
    var random = new Random(seed);
    var model = new TreeMap<Long, String>();
    var marked = new TreeMap<Long, String>();
    for (int step = 0; step < 3000; step++) {
      long key = random.nextInt(400);
      if (model.containsKey(key)) {
        model.remove(key);
        marked.remove(key);
        map.remove(key);
      } else {
        model.put(key, "v" + key);
        map.put(key, "v" + key, false);
      }
      markOne(model, marked, random);
      assertThat(map.firstMarked())
          .isEqualTo(marked.isEmpty() ? null : marked.firstEntry().getValue());
      assertAgree(model, random.nextInt(-1, 401), random.nextInt(20));
    }
  }

  /** Or takes the mark of one away. */
  private void markOne(
      NavigableMap<Long, String> model, NavigableMap<Long, String> marked, Random random) {
    @Nullable Long key = model.ceilingKey((long) random.nextInt(400));
    if (key != null) {
      boolean marks = random.nextInt(4) == 0;
      map.mark(key, marks);
      if (marks) {
        marked.put(key, "v" + key);
      } else {
        marked.remove(key);
      }
    }
  }

  private void assertAgree(NavigableMap<Long, String> model, long key, int limit) {
    assertThat(map.size()).isEqualTo(model.size());
    assertThat(map.first()).isEqualTo(model.isEmpty() ? null : model.firstEntry().getValue());
    assertThat(map.rank(key)).isEqualTo(model.headMap(key).size() + 1);
    assertThat(map.after(key, limit, any -> true))
        .isEqualTo(model.tailMap(key, false).values().stream().limit(limit).toList());
  }

  @Test
  void keyThatIsNotThereChangesNothing() {
    map.put(2, "two", false);

    map.remove(1);

    assertThat(map.size()).isEqualTo(1);
    assertThat(map.rank(3)).isEqualTo(2);
  }

  /** A thousand times as many entries may cost a little more for each, and not a thousand times. */
  @Test
  void rankAndRemovalOfOneAmongAMillionStayCheap() {
    RankedMap<String> small = filled(MILLION / 1000);
    RankedMap<String> large = filled(MILLION);
    nanosFor(small, MILLION / 1000);
    nanosFor(large, MILLION);

    assertThat(nanosFor(large, MILLION)).isLessThan(100 * nanosFor(small, MILLION / 1000));
    assertThat(large.size()).isEqualTo(MILLION);
  }

  private static RankedMap<String> filled(int size) {
    var map = new RankedMap<String>();
    for (long key = 0; key < size; key++) {
      map.put(key, "", true);
    }
    return map;
  }

  private static long nanosFor(RankedMap<String> map, int size) {
    List<Long> keys = new ArrayList<>();
    new Random(1).longs(1000, 0, size).distinct().forEach(keys::add);
    Collections.shuffle(keys, new Random(2));
    long start = System.nanoTime();
    for (long key : keys) {
      assertThat(map.rank(key)).isEqualTo((int) key + 1);
      map.remove(key);
      map.put(key, "", true);
    }
    return System.nanoTime() - start;
  }
}
