package dev.fermata.web;

import dev.fermata.feed.Attendance;
import dev.fermata.feed.Cut;
import dev.fermata.feed.Feed;
import dev.fermata.feed.Watch;
import dev.fermata.job.JobId;
import dev.fermata.job.OnDisconnect;
import dev.fermata.journal.Jobs;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Lets clients wait for the ends of jobs, each in the thread of its request. */
@Component
final class Waits {

  private final Feed feed;
  private final Attendance attendance;
  private final Jobs jobs;

  Waits(Feed feed, Attendance attendance, Jobs jobs) {
    this.feed = feed;
    this.attendance = attendance;
    this.jobs = jobs;
  }

  /**
   * Returns when the job has ended, the wait is over, the client has gone or the server stops.
   *
   * @param wish what becomes of the job when the client goes away
   * @return whether the job has ended
   */
  boolean awaitEnd(JobId job, Duration wait, OnDisconnect wish, HttpServletRequest request)
      throws InterruptedException {
    try (Attendance.Visit visit = attendance.attend(job, wish);
        Watch watch = feed.watch(job, 0)) {
      return hasEnded(job) || awaitEnd(watch, wait, Peer.of(request), visit);
    } catch (Cut e) {
      return false;
    }
  }

  private boolean hasEnded(JobId job) {
    return jobs.find(job).map(record -> record.status().finished()).orElse(true);
  }

  private static boolean awaitEnd(Watch watch, Duration wait, Peer peer, Attendance.Visit visit)
      throws InterruptedException {
    long until = System.nanoTime() + wait.toNanos();
    for (long left = wait.toNanos(); left > 0; left = until - System.nanoTime()) {
      if (watch.awaitEnd(Duration.ofNanos(Math.min(left, Peer.PATIENCE.toNanos())))) {
        return true;
      }
      if (peer.hasGone()) {
        visit.gone(Attendance.Seen.PROBE);
        peer.cut();
        return false;
      }
    }
    return false;
  }
}
