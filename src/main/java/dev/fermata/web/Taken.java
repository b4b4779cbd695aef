package dev.fermata.web;

import dev.fermata.journal.JobRecord;

/**
 * The job that a submission stands for, as it was at that moment.
 *
 * @param replayed whether the same request brought it in before
 */
record Taken(JobRecord job, JobDocument document, boolean replayed) {}
