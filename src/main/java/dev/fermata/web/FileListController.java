package dev.fermata.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fermata.job.JobId;
import dev.fermata.journal.JobRecord;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * Lists what jobs write into their experiment directories. What has been hashed once is not read
 * again, as long as it looks the same.
 */
@Documents
class FileListController {

  /** A file as it was when it was hashed. */
  private record Seen(JobId job, ExperimentFiles.Entry entry) {}

  private final JobDocuments documents;
  private final ExperimentFiles files;
  private final Cache<Seen, String> hashes = Caffeine.newBuilder().maximumSize(10_000).build();

  FileListController(JobDocuments documents, ExperimentFiles files) {
    this.documents = documents;
    this.files = files;
  }

  @GetMapping("/jobs/{id}/files")
  FileList list(@PathVariable String id, HttpServletRequest request) throws IOException {
    QueryString.of(request);
    JobRecord record = documents.recordWithFiles(id, request);
    JobId job = record.job().id();
    var list = new ArrayList<FileList.One>();
    for (ExperimentFiles.Entry entry : files.list(job)) {
      try {
        String hash = record.status().finished() ? hash(new Seen(job, entry)) : null;
        list.add(new FileList.One(entry.name(), entry.size(), hash));
      } catch (NoSuchFileException e) {
        // It was removed after the listing.
      }
    }
    return new FileList(list);
  }

  private String hash(Seen file) throws IOException {
    @Nullable String hash = hashes.getIfPresent(file);
    if (hash == null) {
      hash = sha256(file.job(), file.entry().name());
      hashes.put(file, hash);
    }
    return hash;
  }

  private String sha256(JobId job, String name) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = Channels.newInputStream(files.open(job, List.of(name.split("/"))))) {
      Copies.transfer(in, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
