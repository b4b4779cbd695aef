package dev.fermata.wiring;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import dev.fermata.directory.Directories;
import dev.fermata.feed.Attendance;
import dev.fermata.feed.Feed;
import dev.fermata.job.Reason;
import dev.fermata.journal.CommitWitness;
import dev.fermata.journal.Events;
import dev.fermata.journal.Jobs;
import dev.fermata.journal.Journal;
import dev.fermata.journal.Kept;
import dev.fermata.journal.Orphans;
import dev.fermata.journal.Recovery;
import dev.fermata.journal.Room;
import dev.fermata.kind.Kinds;
import dev.fermata.kind.Resource;
import dev.fermata.lane.Acceptances;
import dev.fermata.lane.LaneSpec;
import dev.fermata.lane.Lanes;
import dev.fermata.lane.Once;
import dev.fermata.lane.Opening;
import dev.fermata.lane.Patience;
import dev.fermata.lane.Quota;
import dev.fermata.lane.Watchdog;
import dev.fermata.lane.Witness;
import dev.fermata.lane.Worker;
import dev.fermata.retention.Retention;
import dev.fermata.scope.Scope;
import dev.fermata.session.Sessions;
import dev.fermata.store.DataDirectory;
import dev.fermata.store.Database;
import dev.fermata.store.SqliteEvents;
import dev.fermata.store.SqliteJobs;
import dev.fermata.store.SqliteJournal;
import dev.fermata.store.SqliteKept;
import dev.fermata.store.SqliteSessions;
import dev.fermata.store.SqliteUsedKeys;
import dev.fermata.tool.command.ProcessOrphans;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/**
 * The journal, the lanes and what they need. Executors are not beans: one in the context would take
 * the place of Spring Boot's own.
 */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

  /** Milliseconds are what clients see and the journal keeps. */
  @Bean
  Clock clock() {
    return Clock.tickMillis(ZoneOffset.UTC);
  }

  /** After all settings have been checked: a start that is refused leaves nothing behind. */
  @Bean
  @DependsOn({"serverConfiguration", "kinds"})
  DataDirectory dataDirectory(FermataSettings settings) throws IOException {
    DataDirectory dataDirectory = DataDirectory.open(settings.dataDir());
    ShippedDatabases.layInto(dataDirectory);
    return dataDirectory;
  }

  @Bean
  Database database(DataDirectory dataDirectory) {
    return Database.open(dataDirectory.journal());
  }

  @Bean
  SqliteJournal journal(
      Database database, Clock clock, Feed feed, Attendance attendance, CommitWitness witness) {
    return new SqliteJournal(
        database,
        clock,
        events -> {
          feed.publish(events);
          attendance.publish(events);
        },
        witness);
  }

  @Bean
  SqliteJobs jobs(Database database) {
    return new SqliteJobs(database);
  }

  @Bean
  SqliteEvents events(Database database) {
    return new SqliteEvents(database);
  }

  @Bean
  SqliteSessions sessions(Database database) {
    return new SqliteSessions(database);
  }

  @Bean
  Once once(Database database) {
    return new Once(new SqliteUsedKeys(database));
  }

  @Bean
  SqliteKept kept(Database database) {
    return new SqliteKept(database);
  }

  @Bean
  Directories directories(DataDirectory dataDirectory) {
    return new Directories(dataDirectory.experiments());
  }

  @Bean
  Orphans orphans(FermataSettings settings) {
    return new ProcessOrphans(settings.killGrace());
  }

  @Bean
  Patience patience(Clock clock) {
    return new Patience(clock);
  }

  @Bean
  Opening opening(
      FermataSettings settings,
      Directories directories,
      Sessions sessions,
      ObjectProvider<Resource> resources,
      Journal journal,
      Patience patience,
      Clock clock) {
    List<Resource> ordered = resources.orderedStream().toList();
    int window = settings.sessions().window();
    return new Opening(directories, sessions, window, ordered, journal, patience, clock);
  }

  @Bean
  Worker worker(
      Scope application, Kinds kinds, Jobs jobs, Opening opening, Patience patience, Clock clock) {
    return new Worker(
        application,
        kinds,
        jobs,
        opening,
        EngineConfiguration::chance,
        timer("timer"),
        patience,
        clock);
  }

  @Bean
  Lanes lanes(
      FermataSettings settings,
      Journal journal,
      Worker worker,
      Room room,
      Patience patience,
      Witness witness,
      Clock clock) {
    List<LaneSpec> specs =
        settings.lanes().entrySet().stream()
            .map(
                lane ->
                    new LaneSpec(
                        lane.getKey(), lane.getValue().workers(), lane.getValue().capacity()))
            .toList();
    var acceptances = new Acceptances(journal.lastSeq(), ids(clock), clock);
    var limits = settings.limits();
    return new Lanes(
        specs,
        new Quota(limits.ownerWaiting(), limits.sessionWaiting()),
        EngineConfiguration::executor,
        journal,
        acceptances,
        worker,
        room,
        timer("due"),
        patience,
        witness,
        clock);
  }

  @Bean
  Watchdog watchdog(FermataSettings settings, Lanes lanes, Clock clock) {
    return new Watchdog(lanes::movements, settings.watchdog(), clock);
  }

  /** Each is greater than the one before, also while the clock is behind what it has been. */
  private static Supplier<UUID> ids(Clock clock) {
    var latest = new AtomicLong();
    return TimeOrderedEpochFactory.builder()
            .withTimeFunction(() -> latest.accumulateAndGet(clock.millis(), Math::max))
            .withIncrementPlus1()
            .build()
        ::create;
  }

  @Bean
  Feed feed(Events events) {
    return new Feed(events);
  }

  /** The lanes are looked for late: they need the journal, which tells this one of ends. */
  @Bean
  Attendance attendance(Jobs jobs, ObjectProvider<Lanes> lanes) {
    return new Attendance(
        timer("attendance"),
        task -> Thread.ofVirtual().name("attendance").start(task),
        job -> jobs.find(job).map(record -> record.status().finished()).orElse(true),
        job -> lanes.getObject().cancel(job, Reason.CLIENT_DISCONNECTED));
  }

  @Bean
  Recovery recovery(
      FermataSettings settings,
      Journal journal,
      Kinds kinds,
      Orphans orphans,
      Lanes lanes,
      Clock clock) {
    return Recovery.begin(
        journal, kinds, orphans, settings.maxCrashes(), lanes::restore, lanes::endedBefore, clock);
  }

  private static double chance() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /** Begun and ended by its lifetime. */
  @Bean(destroyMethod = "")
  Retention retention(
      FermataSettings settings, Kept kept, Journal journal, Directories directories, Clock clock) {
    RetentionSettings retention = settings.retention();
    return new Retention(kept, journal, directories, retention.terms(), retention.sweep(), clock);
  }

  private static ScheduledExecutorService timer(String name) {
    var timer =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    timer.setRemoveOnCancelPolicy(true);
    timer.prestartCoreThread(); // Tomcat complains of a thread that begins in a request and stays
    return timer;
  }

  private static ExecutorService executor(LaneSpec lane) {
    ThreadFactory threads = Thread.ofPlatform().name("lane-" + lane.name() + "-", 1).factory();
    return lane.workers() == 1
        ? Executors.newSingleThreadExecutor(threads)
        : Executors.newFixedThreadPool(lane.workers(), threads);
  }
}
