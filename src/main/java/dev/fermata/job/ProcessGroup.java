package dev.fermata.job;

/**
 * A group of operating system processes that works for a job, told apart from a later one that
 * reuses its number.
 *
 * @param id the process id of its leader, which is also its group and session id
 * @param startTicks when the leader started, in clock ticks since boot: field 22 of proc(5)'s stat
 * @param bootId which boot of the machine that was: {@code /proc/sys/kernel/random/boot_id}
 */
public record ProcessGroup(long id, long startTicks, String bootId) {}
