package dev.fermata.promises;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every state that a model can reach, the nearest first, and at every step from it. A
 * state is told from another also by what was seen on the way to it, as far as the invariants care.
 */
final class Explorer {

  /**
   * What was found.
   *
   * @param depth of the farthest state, in steps
   * @param rests in how many states nothing is left to do
   * @param counterexample null when there is none
   */
  record Report(int states, int depth, int rests, @Nullable Counterexample counterexample) {}

  /**
   * The shortest way to something that must not be.
   *
   * @param broken null for a state that can't come to rest
   */
  record Counterexample(@Nullable Invariant broken, String what, List<Move> way) {
    @Override
    public String toString() {
      return IntStream.range(0, way.size())
          .mapToObj(i -> "%3d. %s\n     %s".formatted(i + 1, way.get(i).step(), way.get(i).seen()))
          .collect(Collectors.joining("\n", what + "\n", ""));
    }
  }

  private record Node(State state, Known known) {}

  /** How a node was reached first. */
  private record Arrival(int from, Move move, int depth) {}

  private final Model model;
  private final Map<Node, Integer> numbers = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<@Nullable Arrival> arrivals = new ArrayList<>();
  private final List<int[]> ownSteps = new ArrayList<>();
  private final BitSet rests = new BitSet();

  private Explorer(Model model) {
    this.model = model;
  }

  static Report explore(Scenario scenario, Flaw flaw) {
    return new Explorer(new Model(scenario, flaw)).explore(Known.nothing(scenario.rules()));
  }

  private Report explore(Known nothing) {
    reach(new Node(model.start(), nothing), null);
    for (int at = 0; at < nodes.size(); at++) {
      @Nullable Counterexample found = expand(at);
      if (found != null) {
        return report(found);
      }
    }
    return report(restless());
  }

  private Report report(@Nullable Counterexample found) {
    return new Report(nodes.size(), depth(nodes.size() - 1), rests.cardinality(), found);
  }

  /** Makes every step from a node. */
  private @Nullable Counterexample expand(int at) {
    Node node = nodes.get(at);
    var own = new ArrayList<Integer>();
    for (Move move : model.next(node.state())) {
      Known known = node.known();
      try {
        for (Seen seen : move.seen()) {
          known = Invariant.check(known, seen);
        }
      } catch (Broken broken) {
        return counterexample(broken, at, move);
      }
      int number = reach(new Node(move.state(), known), new Arrival(at, move, depth(at) + 1));
      if (move.step() instanceof Step.Own) {
        own.add(number);
      }
    }
    ownSteps.add(own.stream().mapToInt(Integer::intValue).toArray());
    return own.isEmpty() ? rest(at) : null;
  }

  private @Nullable Counterexample rest(int at) {
    rests.set(at);
    Node node = nodes.get(at);
    try {
      Invariant.check(node.known(), Model.rest(node.state()));
      return null;
    } catch (Broken broken) {
      return counterexample(broken, at, null);
    }
  }

  /** Whatever happened, the server can come to rest by itself. */
  private @Nullable Counterexample restless() {
    var can = (BitSet) rests.clone();
    int before;
    do {
      before = can.cardinality();
      for (int at = nodes.size() - 1; at >= 0; at--) {
        can.set(at, can.get(at) || IntStream.of(ownSteps.get(at)).anyMatch(can::get));
      }
    } while (can.cardinality() > before);
    int first = can.nextClearBit(0);
    return first == nodes.size()
        ? null
        : new Counterexample(null, "it can't come to rest from here", way(first, null));
  }

  private int reach(Node node, @Nullable Arrival arrival) {
    @Nullable Integer known = numbers.putIfAbsent(node, nodes.size());
    if (known != null) {
      return known;
    }
    nodes.add(node);
    arrivals.add(arrival);
    return nodes.size() - 1;
  }

  private int depth(int at) {
    @Nullable Arrival arrival = arrivals.get(at);
    return arrival == null ? 0 : arrival.depth();
  }

  private Counterexample counterexample(Broken broken, int at, @Nullable Move last) {
    return new Counterexample(
        broken.invariant(), String.valueOf(broken.getMessage()), way(at, last));
  }

  private List<Move> way(int to, @Nullable Move last) {
    var way = new ArrayDeque<Move>();
    if (last != null) {
      way.add(last);
    }
    for (@Nullable Arrival it = arrivals.get(to); it != null; it = arrivals.get(it.from())) {
      way.addFirst(it.move());
    }
    return List.copyOf(way);
  }
}
