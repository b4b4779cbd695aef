package dev.fermata.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class QueryStringTest {

  @Test
  void readsWhatIsKnown() {
    QueryString query = QueryString.of("status=queued&status=running&kind=a%2Fb", "status", "kind");

    assertThat(query.all("status")).containsExactly("queued", "running");
    assertThat(query.one("kind")).contains("a/b");
    assertThat(query.one("lane")).isEmpty();
  }

  @Test
  void namesTheNearestKnownParameter() {
    assertThatThrownBy(() -> QueryString.of("statsu=queued", "status", "kind"))
        .isInstanceOfSatisfying(
            Rejected.class, it -> assertThat(it.problem()).isEqualTo(Problem.INVALID_PARAMETER))
        .hasMessageContaining("\"statsu\"")
        .hasMessageContaining("\"status\"");
  }

  @Test
  void whatCanBeGivenOnceIsRefusedTwice() {
    QueryString query = QueryString.of("kind=a&kind=b", "kind");

    assertThatThrownBy(() -> query.one("kind")).hasMessageContaining("2 times");
  }

  @Test
  void aFlagIsTrueOrFalse() {
    assertThat(QueryString.of("purge=true", "purge").flag("purge")).isTrue();
    assertThat(QueryString.of("purge", "purge").flag("purge")).isTrue();
    assertThat(QueryString.of("purge=false", "purge").flag("purge")).isFalse();
    assertThat(QueryString.of((String) null, "purge").flag("purge")).isFalse();
    assertThatThrownBy(() -> QueryString.of("purge=1", "purge").flag("purge"))
        .isInstanceOf(Rejected.class);
  }

  @Test
  void refusesBadEncoding() {
    assertThatThrownBy(() -> QueryString.of("kind=%zz", "kind"))
        .isInstanceOfSatisfying(
            Rejected.class, it -> assertThat(it.problem()).isEqualTo(Problem.BAD_REQUEST));
  }
}
