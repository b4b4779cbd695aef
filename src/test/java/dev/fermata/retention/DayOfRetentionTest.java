package dev.fermata.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.journal.Sample;
import dev.fermata.journal.SettableClock;
import dev.fermata.store.Database;
import dev.fermata.store.SqliteJournal;
import dev.fermata.store.SqliteKept;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A day and more of work in a few seconds: what is kept stays as much as it was. */
class DayOfRetentionTest {

  private static final int ROUNDS = 30 * 6;
  private static final int JOBS_A_ROUND = 40;
  private static final Duration JOBS = Duration.ofHours(2);
  private static final Duration EVENTS = Duration.ofHours(1);
  private static final Duration FILES = Duration.ofMinutes(30);
  private static final Duration TOMBSTONES = Duration.ofHours(3);
  private static final Duration BETWEEN = Duration.ofMinutes(10);
  private static final int CHUNKS = 10;

  /** What there is of everything at one time. */
  private record Stock(
      long jobs, long inputs, long events, long tombstones, long directories, long file) {}

  @TempDir private Path data;

  private final SettableClock clock = new SettableClock(Sample.NOON);
  private Database database;
  private SqliteJournal journal;
  private Estate estate;
  private Sweep sweep;
  private JdbcClient sql;

  @BeforeEach
  void open() {
    database = Database.open(data.resolve("fermata.db"));
    sql = JdbcClient.create(database.readers());
    journal = new SqliteJournal(database, clock, events -> {});
    estate = new Estate(data.resolve("jobs"), journal, clock);
    var terms = new Terms(JOBS, EVENTS, FILES, JOBS, TOMBSTONES, Long.MAX_VALUE / 2);
    var kept = new SqliteKept(database);
    sweep = new Sweep(kept, journal, estate.directories(), terms, clock, new Leisure());
  }

  @AfterEach
  void close() {
    journal.close();
    database.close();
  }

  @Test
  void everythingStaysBoundedForADayAndMore() {
    work(0, ROUNDS / 5);
    Stock early = stock();
    long heap = heap();
    work(ROUNDS / 5, ROUNDS);
    Stock late = stock();
    System.out.printf("a day of retention: %s%n then %s%n", early, late);
    System.out.printf("heap after gc: %d kB, then %d kB%n", heap / 1024, heap() / 1024);

    assertThat(late.jobs()).isBetween(inTime(JOBS), inTime(JOBS.plus(BETWEEN)));
    assertThat(late.inputs()).isEqualTo(late.jobs());
    assertThat(late.events()).isLessThan(inTime(EVENTS.plus(BETWEEN)) * (CHUNKS + 2) + late.jobs());
    assertThat(late.tombstones()).isBetween(inTime(TOMBSTONES), inTime(TOMBSTONES.plus(BETWEEN)));
    assertThat(late.directories()).isBetween(inTime(FILES), inTime(FILES.plus(BETWEEN)));
    assertThat(late.file()).isLessThan(2 * early.file());
    assertThat(heap()).isLessThan(heap + 20_000_000);
  }

  private void work(int from, int to) {
    for (int round = from; round < to; round++) {
      estate.jobs((long) round * JOBS_A_ROUND + 1, JOBS_A_ROUND, CHUNKS, 100);
      clock.pass(BETWEEN);
      sweep.run();
    }
  }

  private static long inTime(Duration time) {
    return time.dividedBy(BETWEEN) * JOBS_A_ROUND;
  }

  private Stock stock() {
    return new Stock(
        count("job"),
        count("input"),
        count("event"),
        count("purged"),
        estate.directoryCount(),
        data.resolve("fermata.db").toFile().length());
  }

  private long count(String table) {
    return sql.sql("select count(*) from " + table).query(Long.class).single();
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
