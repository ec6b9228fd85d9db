package dev.discern.watch;

/**
 * The state of a run at one moment, as sent to the page.
 *
 * @param state JSON that changes once per epoch: configuration, metrics, confusion, result
 * @param progress JSON that changes about once per second: the step, the rate, the time left
 */
record Snapshot(String state, String progress) {}
