package dev.fermata.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves the script and the style of Swagger UI out of its WebJar, beside the page of ours. */
@Component
final class SwaggerUi implements WebMvcConfigurer {

  private static final String POM = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/docs/swagger-ui*")
        .addResourceLocations(
            "classpath:/META-INF/resources/webjars/swagger-ui/" + version() + "/");
  }

  private static String version() {
    try {
      return PropertiesLoaderUtils.loadProperties(new ClassPathResource(POM))
          .getProperty("version", "");
    } catch (IOException e) {
      throw new UncheckedIOException("The jar lacks Swagger UI", e);
    }
  }
}
