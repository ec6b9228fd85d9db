package dev.discern.watch;

/**
 * What is known of a run at one moment, as the page receives it.
 *
 * @param state JSON that changes an epoch: configuration, metrics, confusion, result
 * @param progress JSON that changes a second: the step, the rate, the time left
 */
record Snapshot(String state, String progress) {}
