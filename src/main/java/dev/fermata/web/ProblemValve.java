package dev.fermata.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.web.header.HeaderWriter;
import tools.jackson.databind.json.JsonMapper;

/** Answers with a problem document what is refused without a word, by Tomcat or by the actuator. */
final class ProblemValve extends ErrorReportValve {

  private final JsonMapper json;
  private final HeaderWriter headers;

  /**
   * One for all of Tomcat.
   *
   * @param headers what every other answer has too
   */
  ProblemValve(JsonMapper json, HeaderWriter headers) {
    this.json = json;
    this.headers = headers;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable thrown) {
    if (response.getStatus() < 400 || response.getContentWritten() > 0) {
      return;
    }
    response.setErrorReported(); // or Tomcat cuts the connection behind the answer
    Problem problem = ForeignErrors.problem(response.getStatus());
    try {
      byte[] body = json.writeValueAsBytes(problem.document(null, request.getRequestURI()));
      response.setStatus(problem.status().value());
      if (problem == Problem.DRAINING) {
        response.setHeader(HttpHeaders.RETRY_AFTER, "10");
      }
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      response.setContentLength(body.length + 1);
      headers.writeHeaders(request, response);
      response.getOutputStream().write(body);
      response.getOutputStream().write("\n".getBytes(StandardCharsets.US_ASCII));
      response.finishResponse();
    } catch (IOException e) {
      container.getLogger().debug("The client went away before it was told of an error", e);
    }
  }
}
