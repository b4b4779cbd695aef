package dev.fermata.wiring;

import dev.fermata.security.Rate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What one job may take, and one client.
 *
 * @param output the most that a program may write
 * @param files how many files and directories it may leave
 * @param events the most of what it writes that clients see as events; the rest is in files only
 * @param ownerWaiting how many jobs of one owner may wait; 0 for as many as the lanes take
 * @param sessionWaiting how many jobs of one session may wait; 0 for as many as the lanes take
 * @param watchers how many clients may wait for jobs or follow them at a time
 * @param requests how many a client may send per second; 0 for as many as it likes
 * @param burst how many at once; null for those of one second
 */
record LimitsSettings(
    @DefaultValue("1GB") DataSize output,
    @DefaultValue("10000") int files,
    @DefaultValue("16MB") DataSize events,
    @DefaultValue("0") int ownerWaiting,
    @DefaultValue("1000") int sessionWaiting,
    @DefaultValue("10000") int watchers,
    @DefaultValue("0") int requests,
    @Nullable Integer burst) {

  LimitsSettings {
    if (files < 1) {
      throw new IllegalArgumentException("fermata.limits.files must be at least 1");
    }
    if (watchers < 1) {
      throw new IllegalArgumentException("fermata.limits.watchers must be at least 1");
    }
    if (ownerWaiting < 0 || sessionWaiting < 0) {
      throw new IllegalArgumentException("fermata.limits: no quota is negative; 0 is none");
    }
    if (requests < 0 || (burst != null && burst < 1)) {
      throw new IllegalArgumentException(
          "fermata.limits.requests must not be negative, and burst at least 1");
    }
  }

  Rate rate() {
    return new Rate(requests, burst == null ? requests : burst);
  }
}
