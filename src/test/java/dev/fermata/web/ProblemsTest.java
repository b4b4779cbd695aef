package dev.fermata.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.request.ServletWebRequest;

@ExtendWith(OutputCaptureExtension.class)
class ProblemsTest {

  private final ServletWebRequest request =
      new ServletWebRequest(new MockHttpServletRequest(), new MockHttpServletResponse());

  @Test
  void aClientThatLeavesWhileItIsAnsweredIsNoMistakeOfTheServer(CapturedOutput output)
      throws Exception {
    var left =
        new HttpMessageNotWritableException("no", new IOException("Connection reset by peer"));

    assertThat(new Problems().handleException(left, request)).isNull();
    assertThat(output.getAll()).doesNotContain("ERROR");
  }

  @Test
  void anAnswerThatCannotBeWrittenIs(CapturedOutput output) throws Exception {
    var mistake = new HttpMessageNotWritableException("no", new IOException("something else"));

    assertThat(new Problems().handleException(mistake, request))
        .satisfies(answer -> assertThat(answer.getStatusCode().value()).isEqualTo(500));
    assertThat(output.getAll()).contains("ERROR");
  }
}
