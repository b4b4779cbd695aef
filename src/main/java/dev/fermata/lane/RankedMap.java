package dev.fermata.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map that also knows the rank of each key, and the first of those that are marked: a
 * treap (Seidel and Aragon, 1996), so that every operation on one entry costs O(log n) expected.
 * Not safe for use by several threads.
 */
final class RankedMap<V> {

  private static final class Node<V> {
    final long key;
    final V value;
    final int priority;
    int size = 1;
    boolean marked;

    /** This one or one below it. */
    boolean anyMarked;

    @Nullable Node<V> left;
    @Nullable Node<V> right;

    Node(long key, V value, boolean marked, int priority) {
      this.key = key;
      this.value = value;
      this.marked = marked;
      this.anyMarked = marked;
      this.priority = priority;
    }

    Node<V> withLeft(@Nullable Node<V> child) {
      left = child;
      return updated();
    }

    Node<V> withRight(@Nullable Node<V> child) {
      right = child;
      return updated();
    }

    private Node<V> updated() {
      size = 1 + size(left) + size(right);
      anyMarked = marked || anyMarked(left) || anyMarked(right);
      return this;
    }

    static boolean anyMarked(@Nullable Node<?> node) {
      return node != null && node.anyMarked;
    }

    static int size(@Nullable Node<?> node) {
      return node == null ? 0 : node.size;
    }
  }

  private final SplittableRandom random = new SplittableRandom();
  private @Nullable Node<V> root;

  int size() {
    return Node.size(root);
  }

  /** Adds an entry whose key is not there yet. */
  void put(long key, V value, boolean marked) {
    root = insert(root, new Node<>(key, value, marked, random.nextInt()));
  }

  /** Marks the entry of a key that is there, or takes its mark away. */
  void mark(long key, boolean marked) {
    mark(root, key, marked);
  }

  /** Removes the entry of a key that is there. */
  void remove(long key) {
    root = remove(root, key);
  }

  /** The entry with the smallest key; null in an empty map. */
  @Nullable V first() {
    @Nullable Node<V> node = root;
    while (node != null && node.left != null) {
      node = node.left;
    }
    return node == null ? null : node.value;
  }

  /** The marked entry with the smallest key; null when none is marked. */
  @Nullable V firstMarked() {
    @Nullable Node<V> node = root;
    while (node != null && !(node.marked && !Node.anyMarked(node.left))) {
      node = Node.anyMarked(node.left) ? node.left : node.right;
    }
    return node == null ? null : node.value;
  }

  /** How many keys are smaller than this one, plus one. */
  int rank(long key) {
    int rank = 1;
    @Nullable Node<V> node = root;
    while (node != null) {
      if (key <= node.key) {
        node = node.left;
      } else {
        rank += Node.size(node.left) + 1;
        node = node.right;
      }
    }
    return rank;
  }

  /** At most {@code limit} wanted entries with greater keys than this one, in order. */
  List<V> after(long key, int limit, Predicate<? super V> wanted) {
    var found = new ArrayList<V>();
    collect(root, key, limit, wanted, found);
    return found;
  }

  private static <V> void collect(
      @Nullable Node<V> node, long key, int limit, Predicate<? super V> wanted, List<V> found) {
    if (node == null || found.size() >= limit) {
      return;
    }
    if (node.key > key) {
      collect(node.left, key, limit, wanted, found);
      if (found.size() < limit && wanted.test(node.value)) {
        found.add(node.value);
      }
    }
    collect(node.right, key, limit, wanted, found);
  }

  private static <V> Node<V> insert(@Nullable Node<V> at, Node<V> added) {
    if (at == null) {
      return added;
    }
    if (added.priority > at.priority) {
      Halves<V> halves = split(at, added.key);
      return added.withLeft(halves.low).withRight(halves.high);
    }
    return added.key < at.key
        ? at.withLeft(insert(at.left, added))
        : at.withRight(insert(at.right, added));
  }

  private static void mark(@Nullable Node<?> at, long key, boolean marked) {
    if (at == null) {
      return;
    }
    if (key == at.key) {
      at.marked = marked;
    } else {
      mark(key < at.key ? at.left : at.right, key, marked);
    }
    at.updated();
  }

  private record Halves<V>(@Nullable Node<V> low, @Nullable Node<V> high) {}

  private static <V> Halves<V> split(@Nullable Node<V> at, long key) {
    if (at == null) {
      return new Halves<>(null, null);
    }
    if (at.key < key) {
      Halves<V> right = split(at.right, key);
      return new Halves<>(at.withRight(right.low), right.high);
    }
    Halves<V> left = split(at.left, key);
    return new Halves<>(left.low, at.withLeft(left.high));
  }

  private static <V> @Nullable Node<V> remove(@Nullable Node<V> at, long key) {
    if (at == null) {
      return null;
    }
    if (key == at.key) {
      return join(at.left, at.right);
    }
    return key < at.key ? at.withLeft(remove(at.left, key)) : at.withRight(remove(at.right, key));
  }

  private static <V> @Nullable Node<V> join(@Nullable Node<V> low, @Nullable Node<V> high) {
    if (low == null) {
      return high;
    }
    if (high == null) {
      return low;
    }
    return low.priority > high.priority
        ? low.withRight(join(low.right, high))
        : high.withLeft(join(low, high.left));
  }
}
