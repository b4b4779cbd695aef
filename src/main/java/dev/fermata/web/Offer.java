package dev.fermata.web;

import dev.fermata.job.Submission;
import dev.fermata.lane.OnBusy;

/** A valid query, and what it does when its session is busy. */
record Offer(Submission submission, OnBusy onBusy) {}
