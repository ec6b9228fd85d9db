package dev.discern.data;

/**
 * Images ready for the network, on the host. The arrays belong to the receiver.
 *
 * @param images {@code [N, C, H, W]}, normalised and augmented
 * @param labels what each image is
 * @param size N
 * @param indices {@code [N]}, each image's place in the set
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between threads, never compared
public record Batch(float[] images, Labels labels, int size, int[] indices) {}
