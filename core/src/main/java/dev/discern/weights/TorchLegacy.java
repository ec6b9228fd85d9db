package dev.discern.weights;

import dev.discern.torch.TensorBytes;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch's legacy format: pickles of a magic number, the protocol, the writer's machine, the value
 * and the storages' keys, then for each key a count (64 bits) and as many numbers.
 */
final class TorchLegacy {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long PROTOCOL = 1001;

  private TorchLegacy() {}

  /**
   * Reads everything but the numbers.
   *
   * @throws BadWeights if it is a pickle of something else, damaged or unsafe
   */
  static TorchFile read(FileChannel channel) throws IOException {
    Reader reader = new Reader(channel);
    if (!MAGIC.equals(reader.next().value())) {
      throw new BadWeights(
          "is a Python pickle that torch.save did not write: save the model's state_dict() with"
              + " torch.save");
    }
    if (Values.integer(reader.next().value()) != PROTOCOL) {
      throw BadWeights.damaged("its protocol is not " + PROTOCOL);
    }
    requireLittleEndian(reader.next().value());
    RestrictedUnpickler.Pickled main = reader.next();
    List<@Nullable Object> keys = Values.list(reader.next().value());
    return new TorchFile(main.value(), positions(channel, reader.position, keys, main.storages()));
  }

  private static void requireLittleEndian(@Nullable Object machine) throws BadWeights {
    Object little = machine instanceof Map<?, ?> map ? map.get("little_endian") : null;
    if (!(little instanceof Boolean)) {
      throw BadWeights.damaged("it does not say which machine wrote it");
    }
    if (little.equals(false)) {
      throw TorchZip.bigEndian();
    }
  }

  private static Map<String, Long> positions(
      FileChannel channel,
      long begin,
      List<@Nullable Object> keys,
      Map<String, StorageRef> storages)
      throws IOException {
    Map<String, Long> positions = new HashMap<>();
    long at = begin;
    for (Object key : keys) {
      StorageRef storage = key instanceof String name ? storages.get(name) : null;
      if (storage == null || positions.containsKey(storage.key())) {
        throw BadWeights.damaged("its list of storages does not fit its tensors");
      }
      ByteBuffer count = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      TensorBytes.readFully(channel, count, at);
      if (count.getLong(0) != storage.count()) {
        throw BadWeights.damaged(
            "storage '" + BadWeights.shown(storage.key()) + "' is not where it belongs");
      }
      if (storage.bytes() > channel.size() - at - 8) {
        throw BadWeights.damaged("the file ends early");
      }
      positions.put(storage.key(), at + 8);
      at += 8 + storage.bytes();
    }
    if (positions.size() != storages.size()) {
      throw BadWeights.damaged("its list of storages does not fit its tensors");
    }
    return positions;
  }

  /** Reads pickle after pickle. */
  private static final class Reader {
    private final FileChannel channel;
    private long position;

    Reader(FileChannel channel) {
      this.channel = channel;
    }

    RestrictedUnpickler.Pickled next() throws IOException {
      long end = Math.min(channel.size(), position + RestrictedUnpickler.MAX_BYTES);
      PickleInput input = new PickleInput(channel, position, end);
      RestrictedUnpickler.Pickled pickled = RestrictedUnpickler.read(input);
      position = input.position();
      return pickled;
    }
  }
}
