package dev.fermata.wiring;

import dev.fermata.security.Keys;
import dev.fermata.security.SecuritySettings;
import dev.fermata.store.DataDirectory;
import dev.fermata.web.WebSettings;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.application.DiskSpaceHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The settings, and the rule about who may reach the server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FermataSettings.class)
class ServerConfiguration {

  /** Refuses to let strangers in, unless told so in as many words. */
  ServerConfiguration(
      FermataSettings settings, Keys keys, ServerProperties server, Environment environment) {
    Thread.setDefaultUncaughtExceptionHandler(new LastResort(Runtime.getRuntime()::halt));
    refuseHttp2(server);
    if (!keys.demanded() && !settings.security().open()) {
      requireLoopback("server.address", server.getAddress());
      requireLoopback(
          Binder.get(environment)
              .bindOrCreate("management.server", ManagementServerProperties.class));
    }
  }

  /** What the actuator listens on, if it has a port of its own. */
  private static void requireLoopback(ManagementServerProperties management) {
    if (management.getPort() != null && management.getPort() >= 0) {
      requireLoopback("management.server.address", management.getAddress());
    }
  }

  private static void requireLoopback(String setting, @Nullable InetAddress address) {
    if (!isLoopback(address)) {
      throw new InvalidSettings(
          setting,
          "on any other address than loopback anybody who reaches this machine could come in;"
              + " give out keys (fermata.security.api-keys), or set fermata.security.open=true if"
              + " that is what you want");
    }
  }

  private static boolean isLoopback(@Nullable InetAddress address) {
    return address != null && address.isLoopbackAddress();
  }

  /** There a client that has gone would not be noticed while it waits. */
  private static void refuseHttp2(ServerProperties server) {
    if (server.getHttp2().isEnabled()) {
      throw new InvalidSettings(
          "server.http2.enabled",
          "HTTP/2 isn't supported: clients that go away would not be noticed there; leave it off");
    }
  }

  /** Static, since the rule above asks for them. */
  @Bean
  static Keys keys(FermataSettings settings) {
    FermataSettings.Security security = settings.security();
    try {
      return new Keys(security.apiKeys(), security.keysFile());
    } catch (IllegalArgumentException e) {
      throw new InvalidSettings("fermata.security", e);
    }
  }

  @Bean
  WebSettings webSettings(FermataSettings settings) {
    return new WebSettings(
        settings.defaultKind(),
        settings.maxBody(),
        settings.heartbeat(),
        settings.retention().jobs(),
        settings.limits().watchers());
  }

  /** Beyond loopback nobody knows what the server is called, unless told so. */
  @Bean
  SecuritySettings securitySettings(FermataSettings settings, ServerProperties server) {
    List<String> hosts = settings.security().hosts();
    return new SecuritySettings(
        isLoopback(server.getAddress()) || !hosts.isEmpty(), hosts, settings.limits().rate());
  }

  /** Of the disk that the data directory lies on. */
  @Bean("diskHealthIndicator")
  HealthIndicator disk(DataDirectory dataDirectory) {
    return new DiskSpaceHealthIndicator(dataDirectory.path().toFile(), DataDirectory.LEAST_ROOM);
  }
}
