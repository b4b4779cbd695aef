package dev.fermata.web;

import dev.fermata.job.JobId;
import dev.fermata.job.Result;
import dev.fermata.journal.JobRecord;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Serves what the handlers of jobs returned. */
@RestController
class ResultController {

  private final JobDocuments documents;
  private final ExperimentFiles files;

  ResultController(JobDocuments documents, ExperimentFiles files) {
    this.documents = documents;
    this.files = files;
  }

  @GetMapping("/jobs/{id}/result")
  void result(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryString.of(request);
    JobRecord record = documents.record(id, request);
    refuseUnlessSucceeded(record);
    Result result = record.result();
    if (result == null) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else if (result.file() != null) {
      sendFile(documents.recordWithFiles(id, request).job().id(), result, request, response);
    } else {
      byte[] body = inline(result).getBytes(StandardCharsets.UTF_8);
      Download.head(type(result), body.length, response);
      response.getOutputStream().write(body);
    }
  }

  private static void refuseUnlessSucceeded(JobRecord record) {
    Problem problem =
        switch (record.status()) {
          case SUCCEEDED -> null;
          case QUEUED, RUNNING, CANCELLING -> Problem.RESULT_NOT_READY;
          case FAILED -> Problem.JOB_FAILED;
          case CANCELLED -> Problem.JOB_CANCELLED;
          case TIMED_OUT -> Problem.JOB_TIMED_OUT;
          case LOST -> Problem.JOB_LOST;
        };
    if (problem != null) {
      Rejected rejected = problem.because(state(record));
      throw record.status().finished() ? rejected : rejected.with(HttpHeaders.RETRY_AFTER, "1");
    }
  }

  private static String state(JobRecord record) {
    String state = "The job is " + record.status().word();
    return record.message() == null ? state + "." : state + ": " + record.message();
  }

  private static MediaType type(Result result) {
    return result.mediaType().equals(Result.TEXT)
        ? new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8)
        : MediaType.parseMediaType(result.mediaType());
  }

  private void sendFile(
      JobId job, Result result, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try (SeekableByteChannel file =
        files.open(job, List.of(String.valueOf(result.file()).split("/")))) {
      Download.send(file, type(result), request, response);
    } catch (NoSuchFileException e) {
      throw Problem.GONE.because("The file with the result has been removed.");
    }
  }

  /** JSON ends with a line break, as everywhere; a text stays as it is. */
  private static String inline(Result result) {
    String text = String.valueOf(result.text());
    return result.mediaType().equals(Result.JSON) && !text.endsWith("\n") ? text + "\n" : text;
  }
}
