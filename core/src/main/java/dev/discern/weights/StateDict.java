package dev.discern.weights;

import dev.discern.config.AtomicFiles;
import dev.discern.config.Uninterrupted;
import dev.discern.config.WorkFailed;
import dev.discern.torch.Natives;
import dev.discern.torch.SafeTensors;
import dev.discern.torch.TensorInfo;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A network's tensors by name, from a file that people have. The format is recognized by content.
 * What training scripts wrap around a state dict is removed: outer dicts, and prefixes such as
 * {@code module.} that every name has.
 *
 * @param listing what the file says about the tensors, in the same order
 * @param tensors CPU tensors by name, in the order of the file; each is contiguous, has memory of
 *     its own and the dtype of the file
 */
public record StateDict(Listing listing, Map<String, Tensor> tensors) {
  // Tied weights and averaged copies share storages, but a hostile file could share one endlessly.
  private static final int MAX_GROWTH = 4;

  /**
   * Reads a file.
   *
   * @param file a safetensors file, or one that {@code torch.save} wrote
   * @return its tensors, which the caller's scope owns
   * @throws WorkFailed if the file is missing, damaged, of another kind, or asks for anything but
   *     tensors and plain data
   */
  public static StateDict read(Path file) {
    WeightFormat format = format(file);
    if (format == WeightFormat.SAFETENSORS) {
      SafeTensors.Content content = SafeTensors.read(file);
      return new StateDict(safetensors(file), Prefixes.removed(content.tensors()));
    }
    return opened(file, channel -> torch(channel, format));
  }

  /**
   * Lists the tensors without reading their numbers.
   *
   * @param file as for {@link #read}
   * @return name, dtype and shape of each
   * @throws WorkFailed as {@link #read}
   */
  public static Listing list(Path file) {
    WeightFormat format = format(file);
    return format == WeightFormat.SAFETENSORS
        ? safetensors(file)
        : opened(file, channel -> listing(format, Unwrapping.of(parsed(channel, format).value())));
  }

  private static Listing safetensors(Path file) {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    SafeTensors.list(file).forEach(info -> tensors.put(info.name(), info));
    List<TensorInfo> named = new ArrayList<>();
    Prefixes.removed(tensors)
        .forEach((name, info) -> named.add(new TensorInfo(name, info.dtype(), info.shape())));
    return new Listing(WeightFormat.SAFETENSORS, named, SafeTensors.readMetadata(file), List.of());
  }

  private static StateDict torch(FileChannel channel, WeightFormat format) throws IOException {
    TorchFile content = parsed(channel, format);
    Unwrapping found = Unwrapping.of(content.value());
    Listing listing = listing(format, found);
    long bytes = 0;
    for (TensorInfo info : listing.tensors()) {
      bytes += info.bytes();
      if (bytes > MAX_GROWTH * channel.size()) {
        throw BadWeights.damaged("its tensors are several times as large as the file");
      }
    }
    Natives.load();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, TensorRef> entry : Prefixes.removed(found.tensors()).entrySet()) {
      tensors.put(
          entry.getKey(), TensorReader.read(channel, entry.getValue(), content.positions()));
    }
    return new StateDict(listing, tensors);
  }

  private static Listing listing(WeightFormat format, Unwrapping found) {
    List<TensorInfo> infos = new ArrayList<>();
    Prefixes.removed(found.tensors()).forEach((name, tensor) -> infos.add(tensor.info(name)));
    return new Listing(format, infos, found.metadata(), found.path());
  }

  private static TorchFile parsed(FileChannel channel, WeightFormat format) throws IOException {
    return format == WeightFormat.TORCH_ZIP ? TorchZip.read(channel) : TorchLegacy.read(channel);
  }

  private static WeightFormat format(Path file) {
    return opened(
        file,
        channel -> {
          ByteBuffer start = ByteBuffer.allocate(FileKind.BYTES);
          while (start.hasRemaining() && channel.read(start) >= 0) {}
          return FileKind.of(Arrays.copyOf(start.array(), start.position()));
        });
  }

  private interface Reading<T> {
    T of(FileChannel channel) throws IOException;
  }

  private static <T> T opened(Path file, Reading<T> reading) {
    try {
      return Uninterrupted.call(
          () -> {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
              // Opening a named pipe would wait for a writer.
              throw new BadWeights("is a folder or device, not a file: name a file");
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
              return reading.of(channel);
            }
          });
    } catch (BadWeights e) {
      throw refused(file, e);
    } catch (EOFException e) {
      throw refused(file, BadWeights.damaged("it ends early"));
    } catch (IOException e) {
      throw new WorkFailed(
          "The weights file "
              + file
              + " cannot be read ("
              + AtomicFiles.reason(e)
              + "): check its path and its permissions, or use an intact copy.",
          e);
    }
  }

  private static WorkFailed refused(Path file, BadWeights reason) {
    return new WorkFailed("The weights file " + file + " " + reason.getMessage() + ".", reason);
  }
}
