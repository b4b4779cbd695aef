package dev.fermata.wiring;

import dev.fermata.tool.chat.ModelSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a deployer can set, under {@code fermata}. What a kind's handler adds to its block is
 * checked with that handler.
 *
 * @param dataDir holds all of the server's state
 * @param defaultKind what {@code POST /} submits
 * @param grace what a stop waits for the running jobs, handing them back included
 * @param killGrace from TERM to KILL of a program; within the grace at a stop
 * @param maxBody the most that the body of a request may hold
 * @param maxCrashes how often the server may die while one job runs before the job is lost
 * @param heartbeat how long a stream of events may be silent
 * @param watchdog how long a lane may stand still while jobs wait before it is reported
 */
@ConfigurationProperties("fermata")
record FermataSettings(
    @DefaultValue("./data") Path dataDir,
    @DefaultValue("align") String defaultKind,
    @DefaultValue Map<String, LaneSettings> lanes,
    @DefaultValue("20s") Duration grace,
    @DefaultValue("2s") Duration killGrace,
    @DefaultValue("16MB") DataSize maxBody,
    @DefaultValue("3") int maxCrashes,
    @DefaultValue("10s") Duration heartbeat,
    @DefaultValue("1m") Duration watchdog,
    @DefaultValue RetentionSettings retention,
    @DefaultValue LimitsSettings limits,
    @DefaultValue Sessions sessions,
    @DefaultValue Security security,
    @DefaultValue Map<String, KindSettings> kinds,
    @DefaultValue Chat chat) {

  /** A body is one array. */
  private static final DataSize MOST_BODY = DataSize.ofGigabytes(1);

  FermataSettings {
    if (grace.isNegative() || killGrace.isNegative() || killGrace.compareTo(grace) > 0) {
      throw new IllegalArgumentException(
          "fermata.kill-grace (%s) must lie within fermata.grace (%s)".formatted(killGrace, grace));
    }
    if (maxBody.toBytes() < 1 || maxBody.compareTo(MOST_BODY) > 0) {
      throw new IllegalArgumentException(
          "fermata.max-body must lie between 1 byte and " + MOST_BODY.toMegabytes() + "MB");
    }
    if (maxCrashes < 0) {
      throw new IllegalArgumentException("fermata.max-crashes must not be negative");
    }
    if (!heartbeat.isPositive()) {
      throw new IllegalArgumentException("fermata.heartbeat must be more than nothing");
    }
    if (!watchdog.isPositive()) {
      throw new IllegalArgumentException("fermata.watchdog must be more than nothing");
    }
  }

  /**
   * One lane.
   *
   * @param workers how many of its jobs run at a time
   * @param capacity how many may wait
   */
  record LaneSettings(@DefaultValue("1") int workers, @DefaultValue("10000") int capacity) {
    LaneSettings {
      if (workers < 1 || capacity < 1) {
        throw new IllegalArgumentException("a lane has at least one worker and room for one job");
      }
    }
  }

  /**
   * What of a session is read for a job.
   *
   * @param window how many of its newest messages
   */
  record Sessions(@DefaultValue("30") int window) {
    Sessions {
      if (window < 0) {
        throw new IllegalArgumentException("fermata.sessions.window must not be negative");
      }
    }
  }

  /**
   * Who may use the server.
   *
   * @param apiKeys the hashes of keys, by their owners
   * @param keysFile more of them, which may change while the server runs; null for none
   * @param open listen beyond this machine without any keys; says nothing where there are some
   * @param hosts what the server is called beside localhost, where it has no keys
   */
  record Security(
      @DefaultValue Map<String, List<String>> apiKeys,
      @Nullable Path keysFile,
      @DefaultValue("false") boolean open,
      @DefaultValue List<String> hosts) {}

  /**
   * Who replies to chat messages.
   *
   * @param models by the names that kinds know them by
   */
  record Chat(@DefaultValue Map<String, ModelSettings> models) {}
}
