package dev.fermata.bench;

import dev.fermata.Fermata;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.boot.SpringApplication;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The server as shipped, with one endpoint more that does nothing: what the rest is compared to.
 */
@RestController
public class BenchServer {

  public static void main(String[] args) {
    SpringApplication.run(
        new Class<?>[] {Fermata.class, BenchServer.class, BenchHandlers.class, BenchLooks.class},
        args);
  }

  @PostMapping("/empty")
  @ResponseStatus(HttpStatus.ACCEPTED)
  String empty(InputStream body) throws IOException {
    return "{\"received\":" + body.readAllBytes().length + "}\n";
  }
}
