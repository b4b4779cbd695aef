package dev.fermata.wiring;

import dev.fermata.scope.ApplicationResource;
import dev.fermata.scope.CloseFailed;
import dev.fermata.scope.Scope;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Opens what deployers declare for the whole application before jobs are recovered and the port
 * opens, and closes it after the last of them.
 */
final class ApplicationLifetime implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(ApplicationLifetime.class);

  /** Outside lanes and web: the first to start and the last to stop. */
  private static final int PHASE = StartOfWork.PHASE - 1000;

  private final Scope application;
  private final List<ApplicationResource> inOrder;
  private final Map<String, ApplicationResource> byName;
  private volatile boolean running;

  ApplicationLifetime(
      Scope application,
      List<ApplicationResource> inOrder,
      Map<String, ApplicationResource> byName) {
    this.application = application;
    this.inOrder = inOrder;
    this.byName = byName;
  }

  @Override
  public void start() {
    running = true; // a start that fails midway is stopped too, and so closes what is open
    application.run(() -> inOrder.forEach(this::open));
  }

  private void open(ApplicationResource resource) {
    try {
      resource.open(application);
    } catch (Exception | Error e) {
      throw new ResourceNotOpened(nameOf(resource), e);
    }
  }

  private String nameOf(ApplicationResource resource) {
    return byName.entrySet().stream()
        .filter(named -> named.getValue().equals(resource))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(resource::toString);
  }

  @Override
  public void stop() {
    try {
      application.close();
    } catch (CloseFailed e) {
      log.error("A resource of the application was not closed as it should; the rest is", e);
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
