package dev.discern.weights;

import dev.discern.torch.TensorInfo;
import java.util.List;
import java.util.Map;

/**
 * What a weight file holds, without the numbers.
 *
 * @param format the format, recognized by content
 * @param tensors name, dtype and shape, in the order of the file
 * @param metadata free text by key; for PyTorch's files, the numbers and texts beside the tensors
 * @param path the keys under which a training script saved the tensors, such as {@code
 *     state_dict_ema}; empty if the file holds them directly
 */
public record Listing(
    WeightFormat format,
    List<TensorInfo> tensors,
    Map<String, String> metadata,
    List<String> path) {}
