package dev.fermata.promises;

import java.util.List;

/**
 * What clients may do, and what may go wrong meanwhile.
 *
 * @param queries in the order in which they are sent
 */
record Scenario(String name, Rules rules, List<Query> queries, Mishaps mishaps) {

  Query query(String job) {
    return queries.stream().filter(it -> it.job().equals(job)).findFirst().orElseThrow();
  }

  @Override
  public String toString() {
    return name;
  }
}
