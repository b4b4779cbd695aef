package dev.fermata.web;

import dev.fermata.job.JobId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Serves what jobs write into their experiment directories. */
@RestController
class FilesController {

  private final JobDocuments documents;
  private final ExperimentFiles files;

  FilesController(JobDocuments documents, ExperimentFiles files) {
    this.documents = documents;
    this.files = files;
  }

  @GetMapping("/jobs/{id}/files/{*path}")
  void file(
      @PathVariable String id,
      @PathVariable("path") String name,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    QueryString.of(request);
    JobId job = documents.recordWithFiles(id, request).job().id();
    if (name.isEmpty()) {
      throw Problem.NOT_ACCEPTABLE.because("The list of files is JSON, or one line of text.");
    }
    List<String> path = path(request);
    try (SeekableByteChannel file = files.open(job, path)) {
      Download.send(file, FileNames.type(path.getLast()), request, response);
    } catch (NoSuchFileException e) {
      throw Problem.UNKNOWN_FILE.because(
          "Job " + id + " has no file \"" + String.join("/", path) + "\".");
    }
  }

  /** From the address as it was sent, since the names may hold what a path pattern cuts off. */
  private static List<String> path(HttpServletRequest request) {
    String address = request.getRequestURI();
    var path = new ArrayList<String>();
    for (String step : address.substring(address.indexOf("/files/") + 7).split("/", -1)) {
      path.add(
          Percent.decode(step)
              .orElseThrow(() -> Problem.BAD_REQUEST.because("The path is badly encoded.")));
    }
    return path;
  }

  @GetMapping("/jobs/{id}/files.zip")
  void zip(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryString.of(request);
    JobId job = documents.recordWithFiles(id, request).job().id();
    List<ExperimentFiles.Entry> entries = files.list(job);
    response.setContentType("application/zip");
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + job + ".zip\"");
    var zip = new ZipOutputStream(response.getOutputStream());
    for (ExperimentFiles.Entry entry : entries) {
      add(job, entry.name(), zip);
    }
    zip.finish(); // never reached after a failure, so that half a zip never looks whole
  }

  private void add(JobId job, String name, ZipOutputStream zip) throws IOException {
    try (InputStream in = open(job, name)) {
      zip.putNextEntry(new ZipEntry(name));
      Copies.transfer(in, zip);
      zip.closeEntry();
    } catch (NoSuchFileException e) {
      // The job removed it after the listing.
    }
  }

  private InputStream open(JobId job, String name) throws IOException {
    return Channels.newInputStream(files.open(job, List.of(name.split("/"))));
  }
}
