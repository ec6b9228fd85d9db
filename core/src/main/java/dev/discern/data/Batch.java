package dev.discern.data;

import dev.discern.config.Internal;

/**
 * Images in host memory, as a view shows them. The arrays belong to the receiver.
 *
 * @param images {@code [N, H, W, C]}, unsigned bytes; empty if the loader gives none
 * @param labels the labels of each image
 * @param size N
 * @param indices {@code [N]}, each image's place in the set
 */
@Internal
@SuppressWarnings("ArrayRecordComponent") // a carrier between threads, never compared
public record Batch(byte[] images, Labels labels, int size, int[] indices) {}
