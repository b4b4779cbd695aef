package dev.fermata.kind.fasta;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong or odd in the sequences of one input, and how that is said. */
final class Findings {

  /** Names beyond these aren't compared, so that a hostile input can't fill the memory. */
  private static final int NAMES = 100_000;

  final FirstFew strays = new FirstFew();
  final FirstFew gaps = new FirstFew();
  final FirstFew innerStops = new FirstFew();
  final FirstFew lastStops = new FirstFew();
  private final FirstFew empty = new FirstFew();
  private final FirstFew nucleotides = new FirstFew();
  private final FirstFew duplicates = new FirstFew();
  private final Set<String> names = new HashSet<>();
  private final List<String> faults = new ArrayList<>();
  private int entries;
  private @Nullable Entry second;

  /** A fault that stands for itself. */
  void fault(String fault) {
    faults.add(fault);
  }

  void begun(Entry entry) {
    if (++entries == 2) {
      second = entry;
    }
    if (!entry.name.isEmpty() && names.size() < NAMES && !names.add(entry.name)) {
      duplicates.add(entry::called);
    }
  }

  void ended(Entry entry, Alphabet alphabet) {
    if (entry.isEmpty) {
      empty.add(entry::called);
    } else if (alphabet == Alphabet.PROTEIN) {
      entry
          .composition
          .looksLike()
          .ifPresent(what -> nucleotides.add(() -> entry.called() + " " + what));
    }
  }

  List<String> faults(Alphabet alphabet, boolean many) {
    var all = new ArrayList<>(faults);
    if (second != null && !many) {
      all.add(
          "line %d: a second record begins here; this input takes one record, and there are %d"
              .formatted(second.line, entries));
    }
    add(all, "no sequence in ", empty, "");
    add(
        all,
        "not part of a " + alphabet.word() + " sequence: ",
        strays,
        "; allowed are " + alphabet.allowed());
    add(all, "gaps: ", gaps, "; this looks like an aligned sequence: remove the gaps");
    add(
        all,
        "a stop inside the sequence: ",
        innerStops,
        "; only the end may be '*': remove it, or send the parts as sequences of their own");
    add(all, "", nucleotides, "; this input takes a protein sequence");
    return List.copyOf(all);
  }

  void warnings(List<String> warnings, boolean many) {
    add(warnings, "removed the stop '*' at the end of ", lastStops, "");
    if (many) {
      add(warnings, "more than one record of the same name: ", duplicates, "");
    }
  }

  private static void add(List<String> all, String before, FirstFew found, String after) {
    if (!found.isEmpty()) {
      all.add(before + found + after);
    }
  }
}
