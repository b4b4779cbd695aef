package dev.fermata.wiring;

import dev.fermata.store.DataDirectory;
import dev.fermata.web.WebSettings;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.application.DiskSpaceHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The settings, and the rule about who may reach the server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FermataSettings.class)
class ServerConfiguration {

  /** Refuses to let strangers in, unless told so in as many words. */
  ServerConfiguration(FermataSettings settings, ServerProperties server) {
    refuseHttp2(server);
    @Nullable InetAddress address = server.getAddress();
    boolean loopback = address != null && address.isLoopbackAddress();
    if (!loopback && !settings.security().open()) {
      throw new InvalidSettings(
          "server.address",
          "on any other address than loopback anybody who reaches this machine could run jobs;"
              + " set fermata.security.open=true if that is what you want");
    }
  }

  /** There a client that has gone would not be noticed while it waits. */
  private static void refuseHttp2(ServerProperties server) {
    if (server.getHttp2().isEnabled()) {
      throw new InvalidSettings(
          "server.http2.enabled",
          "HTTP/2 isn't supported: clients that go away would not be noticed there; leave it off");
    }
  }

  @Bean
  WebSettings webSettings(FermataSettings settings) {
    return new WebSettings(settings.defaultKind(), settings.maxBody(), settings.heartbeat());
  }

  /** Of the disk that the data directory lies on. */
  @Bean("diskHealthIndicator")
  HealthIndicator disk(DataDirectory dataDirectory) {
    return new DiskSpaceHealthIndicator(dataDirectory.path().toFile(), DataDirectory.LEAST_ROOM);
  }
}
