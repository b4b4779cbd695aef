package dev.fermata;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;

/** The job server that holds the note. */
// Every error is a problem document; Spring Boot's error page would come before it. Nobody has a
// password here.
@SpringBootApplication(
    exclude = {ErrorMvcAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
public class Fermata {

  public static void main(String[] args) {
    SpringApplication.run(Fermata.class, args);
  }
}
