package dev.discern.weights;

import dev.discern.torch.Scope;
import dev.discern.torch.TensorBytes;
import dev.discern.torch.Tensors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Reads the numbers of one tensor from its storage, and none of another's. */
final class TensorReader {
  private TensorReader() {}

  /**
   * Reads a tensor.
   *
   * @param channel the file
   * @param tensor a tensor within its storage
   * @param positions where each storage is in the file
   * @return a contiguous tensor with memory of its own, which the caller's scope owns
   */
  static Tensor read(FileChannel channel, TensorRef tensor, Map<String, Long> positions)
      throws IOException {
    StorageRef storage = tensor.storage();
    Long begin = positions.get(storage.key());
    if (begin == null) {
      throw BadWeights.damaged("storage '" + BadWeights.shown(storage.key()) + "' is missing");
    }
    long position = begin + tensor.offset() * storage.dtype().bytes();
    long[] shape = TensorRef.array(tensor.shape());
    Tensor result = Tensors.empty(storage.dtype().scalarType(), shape);
    if (tensor.isContiguous()) {
      TensorBytes.read(channel, position, result);
      return result;
    }
    try (Scope scope = new Scope()) {
      Tensor flat = Tensors.empty(storage.dtype().scalarType(), tensor.extent());
      TensorBytes.read(channel, position, flat);
      result.copy_(flat.as_strided(shape, TensorRef.array(tensor.stride())));
    }
    return result;
  }
}
