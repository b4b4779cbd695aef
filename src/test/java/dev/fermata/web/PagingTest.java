package dev.fermata.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {

  @Test
  void aPageHoldsFiftyUnlessToldOtherwiseAndNeverMoreThanFiveHundred() {
    assertThat(paging("").limit()).isEqualTo(50);
    assertThat(paging("limit=7").limit()).isEqualTo(7);
    assertThat(paging("limit=501").limit()).isEqualTo(500);
    assertThat(paging("limit=99999999999").limit()).isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "x", "", "1.5"})
  void anythingElseIsNoLimit(String limit) {
    assertThatThrownBy(() -> paging("limit=" + limit)).isInstanceOf(Rejected.class);
  }

  @Test
  void theNextPageBeginsBehindTheLastEntry() {
    Paging paging = paging("limit=2");
    List<Long> found = List.of(9L, 8L, 7L);

    assertThat(paging.page(found)).containsExactly(9L, 8L);
    String next = paging.next(found, Long::longValue);
    assertThat(paging("after=" + next).after()).isEqualTo(8L);
  }

  @Test
  void theLastPageHasNoNext() {
    assertThat(paging("limit=2").next(List.of(9L, 8L), Long::longValue)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8", "MDg", "zz==", "%F0%9F%8E%B5"})
  void whatIsNoCursorIsRefused(String cursor) {
    assertThatThrownBy(() -> paging("after=" + cursor)).isInstanceOf(Rejected.class);
  }

  private static Paging paging(String query) {
    return Paging.of(QueryString.of(query, "limit", "after"));
  }
}
