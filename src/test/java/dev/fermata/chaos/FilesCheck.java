package dev.fermata.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/** What a program that succeeded left is what its client asked for, and only that. */
record FilesCheck(Client client, Findings findings) {

  void of(Account job) throws IOException {
    if (job.work().inLine() && job.status().equals("succeeded")) {
      String whole = sha256(job.input());
      String nothing = sha256("");
      Map<String, String> wanted =
          Map.of("input.txt", whole, "output.txt", whole, "stdout", nothing, "stderr", nothing);
      Map<String, String> there =
          client
              .get("/jobs/" + job.id() + "/files")
              .json()
              .at("/files")
              .valueStream()
              .collect(
                  Collectors.toMap(
                      it -> it.at("/name").asString(), it -> it.at("/sha256").asString()));
      findings.require(there.equals(wanted), Check.FILES, job.id(), there + " and not " + wanted);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }
}
