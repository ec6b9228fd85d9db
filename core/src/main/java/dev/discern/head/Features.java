package dev.discern.head;

import org.bytedeco.pytorch.Tensor;

/**
 * The output of a backbone for a batch.
 *
 * @param pooled {@code [N, F]}, float32
 */
public record Features(Tensor pooled) {}
