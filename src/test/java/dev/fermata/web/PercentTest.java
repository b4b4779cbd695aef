package dev.fermata.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PercentTest {

  @Test
  void decodesUtf8() {
    assertThat(Percent.decode("a%20%C3%A4%3B+b")).contains("a ä;+b");
  }

  @Test
  void aPlusIsASpaceInFormsOnly() {
    assertThat(Percent.decodeForm("a+b%2Bc")).contains("a b+c");
    assertThat(Percent.decode("a+b")).contains("a+b");
  }

  @Test
  void whatIsMalformedIsNeverGuessed() {
    assertThat(Percent.decode("%zz")).isEmpty();
    assertThat(Percent.decode("%4")).isEmpty();
    assertThat(Percent.decode("%")).isEmpty();
    assertThat(Percent.decode("%FF")).isEmpty();
    assertThat(Percent.decode("%C3")).isEmpty();
  }

  @Test
  void otherCharactersStandForThemselves() {
    assertThat(Percent.decode("ä|{}")).contains("ä|{}");
  }
}
