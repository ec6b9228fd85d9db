package dev.discern.weights;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A PyTorch file without its numbers.
 *
 * @param value what {@code torch.save} was given, with {@link TensorRef}s for tensors
 * @param positions the position in the file of each storage that the value mentions, by its key;
 *     all of them lie in the file
 */
record TorchFile(@Nullable Object value, Map<String, Long> positions) {}
