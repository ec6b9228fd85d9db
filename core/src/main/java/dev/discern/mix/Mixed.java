package dev.discern.mix;

import dev.discern.loss.Targets;
import org.bytedeco.pytorch.Tensor;

/**
 * A mixed batch.
 *
 * @param images {@code [N, C, H, W]}, with the dtype, device and memory format of the original
 *     images
 * @param targets {@code [N, K]}, with the class weights of the original targets
 */
public record Mixed(Tensor images, Targets.Distribution targets) {}
