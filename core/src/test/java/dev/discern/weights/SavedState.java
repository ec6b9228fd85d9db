package dev.discern.weights;

import dev.discern.torch.Tensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.bytedeco.pytorch.Tensor;

/** Writes float32 state dicts as {@code torch.save} does. */
public final class SavedState {
  private SavedState() {}

  /** In the format since PyTorch 1.6. */
  public static void zip(Path file, Map<String, Tensor> state) throws IOException {
    Map<String, Tensor> tensors = contiguous(state);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("archive/data.pkl", pickle(tensors));
    int key = 0;
    for (Tensor tensor : tensors.values()) {
      entries.put("archive/data/" + key++, numbers(tensor));
    }
    Files.write(file, TorchFiles.zip(entries, ZipArchiveEntry.STORED));
  }

  /** In the format before. */
  public static void legacy(Path file, Map<String, Tensor> state) throws IOException {
    Map<String, Tensor> tensors = contiguous(state);
    Pickle keys = new Pickle().op("](");
    ByteArrayOutputStream storages = new ByteArrayOutputStream();
    int key = 0;
    for (Tensor tensor : tensors.values()) {
      keys.text(Integer.toString(key++));
      storages.write(new Pickle().number(tensor.numel(), 8).bytes(), 0, 8);
      storages.writeBytes(numbers(tensor));
    }
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    rest.writeBytes(keys.op("e").bytes());
    rest.writeBytes(storages.toByteArray());
    Files.write(file, TorchFiles.legacy(pickle(tensors), rest.toByteArray()));
  }

  /** A zip file whose pickle asks for a function of Python. */
  public static void hostile(Path file) throws IOException {
    byte[] pickle = new Pickle().global("posix", "getcwd").op(")R").bytes();
    Files.write(file, TorchFiles.zip(pickle, new byte[4]));
  }

  // A network keeps its convolutions in another layout.
  private static Map<String, Tensor> contiguous(Map<String, Tensor> tensors) {
    Map<String, Tensor> rows = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> rows.put(name, tensor.detach().contiguous()));
    return rows;
  }

  private static byte[] pickle(Map<String, Tensor> tensors) {
    Pickle pickle = new Pickle().op(0x80, 2).op("}");
    int key = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      pickle
          .text(entry.getKey())
          .global("torch._utils", "_rebuild_tensor_v2")
          .op("(")
          .storage("FloatStorage", Integer.toString(key++), tensor.numel())
          .integer(0)
          .tuple(tensor.sizes().vec().get())
          .tuple(tensor.strides().vec().get())
          .op(0x89)
          .global("collections", "OrderedDict")
          .op(")RtRs");
    }
    return pickle.bytes();
  }

  private static byte[] numbers(Tensor tensor) {
    float[] values = Tensors.toFloats(tensor);
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
