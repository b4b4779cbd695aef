package dev.fermata.security;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.stereotype.Component;

/**
 * Where keys are demanded, only those who have one learn more of the server's health than a word.
 */
@Component
final class HealthDetails implements HealthEndpointGroupsPostProcessor {

  private final Keys keys;

  HealthDetails(Keys keys) {
    this.keys = keys;
  }

  @Override
  public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
    return keys.demanded()
        ? HealthEndpointGroups.of(new ForOwners(groups.getPrimary()), named(groups))
        : groups;
  }

  private static Map<String, HealthEndpointGroup> named(HealthEndpointGroups groups) {
    return groups.getNames().stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                name -> new ForOwners(Objects.requireNonNull(groups.get(name)))));
  }

  private record ForOwners(HealthEndpointGroup group) implements HealthEndpointGroup {

    @Override
    public boolean isMember(String name) {
      return group.isMember(name);
    }

    @Override
    public boolean showComponents(SecurityContext security) {
      return security.getPrincipal() != null && group.showComponents(security);
    }

    @Override
    public boolean showDetails(SecurityContext security) {
      return security.getPrincipal() != null && group.showDetails(security);
    }

    @Override
    public StatusAggregator getStatusAggregator() {
      return group.getStatusAggregator();
    }

    @Override
    public HttpCodeStatusMapper getHttpCodeStatusMapper() {
      return group.getHttpCodeStatusMapper();
    }

    @Override
    public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
      return group.getAdditionalPath();
    }
  }
}
