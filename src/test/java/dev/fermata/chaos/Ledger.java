package dev.fermata.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What clients asked for and what they were told, since the last audit. Safe for many threads. */
final class Ledger {

  /** What a cancel was answered with. */
  record Cancel(int status, String word, int attempt) {}

  private static final int NEW_ONES = 15;

  private final Map<String, Wish> wishes = new ConcurrentHashMap<>();
  private final List<Acknowledged> acknowledged = new CopyOnWriteArrayList<>();
  private final Map<String, String> ends = new ConcurrentHashMap<>();
  private final Set<String> cancelsSent = ConcurrentHashMap.newKeySet();
  private final Map<String, Cancel> cancels = new ConcurrentHashMap<>();
  private final Map<String, Watch> watches = new ConcurrentHashMap<>();
  private final Queue<Watch> leftOff = new ConcurrentLinkedQueue<>();

  void wished(Wish wish) {
    wishes.put(wish.mark(), wish);
  }

  void acknowledged(Acknowledged submission) {
    acknowledged.add(submission);
  }

  /** A client was shown the document of a job that had ended. */
  void ended(String id, String document) {
    ends.put(id, document);
  }

  void cancelSent(String id) {
    cancelsSent.add(id);
  }

  void cancelled(String id, Cancel answer) {
    cancels.put(id, answer);
  }

  Map<String, Wish> wishes() {
    return wishes;
  }

  List<Acknowledged> acknowledged() {
    return acknowledged;
  }

  Map<String, String> ends() {
    return ends;
  }

  Map<String, Cancel> cancels() {
    return cancels;
  }

  /** Whether somebody may have cancelled it. */
  boolean cancelSentTo(String id) {
    return cancelsSent.contains(id);
  }

  List<Watch> watches() {
    return List.copyOf(watches.values());
  }

  /** One of the newest jobs; null while there is none. */
  @Nullable Acknowledged anyNew(Random random) {
    List<Acknowledged> all = new ArrayList<>(acknowledged);
    int newOnes = Math.min(NEW_ONES, all.size());
    return newOnes == 0 ? null : all.get(all.size() - 1 - random.nextInt(newOnes));
  }

  /** A watch of this job, once; null when somebody has it already. */
  @Nullable Watch watch(String id) {
    var watch = new Watch(id);
    return watches.putIfAbsent(id, watch) == null ? watch : null;
  }

  /** One whose stream was cut; null for none. */
  @Nullable Watch resume() {
    return leftOff.poll();
  }

  /** Its client has stopped following it, at the end or before. */
  void left(Watch watch) {
    if (!watch.over()) {
      leftOff.add(watch);
    }
  }

  void clear() {
    wishes.clear();
    acknowledged.clear();
    ends.clear();
    cancelsSent.clear();
    cancels.clear();
    watches.clear();
    leftOff.clear();
  }
}
