package dev.fermata.promises;

import dev.fermata.job.Status;

/**
 * A job as it is on disk.
 *
 * @param place where it stands in line, smaller ones start earlier; 0 while it is not in line
 * @param parked whether its time is still to come
 * @param lastEvent the number of its last event
 */
record Row(
    Query query,
    Status status,
    int attempt,
    int failures,
    int crashes,
    int place,
    boolean parked,
    long lastEvent) {

  static Row accepted(Query query) {
    return new Row(query, Status.QUEUED, 0, 0, 0, 0, query.later(), 1);
  }

  String job() {
    return query.job();
  }

  boolean queued() {
    return status == Status.QUEUED;
  }

  boolean runs() {
    return status == Status.RUNNING || status == Status.CANCELLING;
  }

  Row moved(Status next) {
    return new Row(query, next, attempt, failures, crashes, place, parked, lastEvent + 1);
  }

  Row started(int number) {
    return new Row(query, Status.RUNNING, number, failures, crashes, place, parked, lastEvent + 1);
  }

  Row crashed() {
    return new Row(
        query, Status.QUEUED, attempt, failures, crashes + 1, place, parked, lastEvent + 1);
  }

  Row backedOff() {
    return new Row(query, Status.QUEUED, attempt, failures + 1, crashes, 0, true, lastEvent + 1);
  }

  Row due() {
    return new Row(query, status, attempt, failures, crashes, place, false, lastEvent);
  }

  Row at(int newPlace) {
    return new Row(query, status, attempt, failures, crashes, newPlace, parked, lastEvent);
  }
}
