package dev.fermata.web;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * What the HTTP interface is told by the settings.
 *
 * @param defaultKind the kind that {@code POST /} submits
 * @param maxBody the most that a request's body may hold
 * @param heartbeat how long a stream of events may be silent
 * @param kept how long a job is kept after its end
 * @param watchers how many clients may wait for jobs or follow them at a time
 */
public record WebSettings(
    String defaultKind, DataSize maxBody, Duration heartbeat, Duration kept, int watchers) {}
