package dev.fermata.tool.align;

import dev.fermata.kind.HandlerFactory;
import dev.fermata.kind.Inputs;
import dev.fermata.kind.JobHandler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;
import org.springframework.util.ResourceUtils;

/** Makes the handlers of the kinds that say {@code handler: align}; they share their databases. */
@Component("align")
final class AlignFactory implements HandlerFactory<AlignSettings> {

  private final Map<String, DatabaseSource> sources = new ConcurrentHashMap<>();
  private final ResourceLoader resources;

  AlignFactory(ResourceLoader resources) {
    this.resources = resources;
  }

  @Override
  public Class<AlignSettings> settings() {
    return AlignSettings.class;
  }

  @Override
  public JobHandler create(String kind, Inputs inputs, AlignSettings settings) {
    for (String name : List.of(AlignHandler.QUERY_NAME, AlignHandler.QUERY_SEQUENCE)) {
      if (inputs.find(name).isEmpty()) {
        throw new IllegalArgumentException(
            "fermata.kinds.%s.inputs: handler align needs the input %s".formatted(kind, name));
      }
    }
    var source =
        sources.computeIfAbsent(
            settings.database(), location -> new DatabaseSource(resource(location)));
    var machine = Runtime.getRuntime();
    return new AlignHandler(source, settings, machine.availableProcessors(), machine.maxMemory());
  }

  /** Without a prefix it is the path of a file. */
  private Resource resource(String location) {
    return ResourceUtils.isUrl(location)
        ? resources.getResource(location)
        : new FileSystemResource(location);
  }
}
