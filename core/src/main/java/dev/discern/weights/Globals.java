package dev.discern.weights;

import dev.discern.torch.Dtype;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The names in a pickle that stand for tensors or plain data. Every other name is refused where it
 * occurs, before it is used.
 */
final class Globals {
  /** Makes a value from a call's arguments. */
  @FunctionalInterface
  interface Builder {
    @Nullable Object build(List<@Nullable Object> arguments) throws BadWeights;
  }

  // Storage classes stand for a Dtype, functions and container classes for a Builder, and constants
  // for their text.
  private static final Map<String, Object> KNOWN = new HashMap<>();

  static {
    Builder parameter = arguments -> tensor(arguments.get(0));
    KNOWN.put("torch._utils._rebuild_tensor", (Builder) Globals::rebuilt);
    KNOWN.put("torch._utils._rebuild_tensor_v2", (Builder) Globals::rebuilt);
    KNOWN.put("torch._utils._rebuild_parameter", parameter);
    KNOWN.put("torch._utils._rebuild_parameter_with_state", parameter);
    KNOWN.put("torch.Size", (Builder) arguments -> Values.list(arguments.get(0)));
    KNOWN.put("torch.device", (Builder) Globals::deviceName);
    KNOWN.put("collections.OrderedDict", (Builder) Globals::orderedDict);
    KNOWN.put("__builtin__.set", (Builder) Globals::set);
    KNOWN.put("builtins.set", (Builder) Globals::set);
    storage("Double", "float64", Dtype.F64);
    storage("Float", "float32", Dtype.F32);
    storage("Half", "float16", Dtype.F16);
    storage("BFloat16", "bfloat16", Dtype.BF16);
    storage("Long", "int64", Dtype.I64);
    storage("Int", "int32", Dtype.I32);
    storage("Short", "int16", Dtype.I16);
    storage("Char", "int8", Dtype.I8);
    storage("Byte", "uint8", Dtype.U8);
    storage("Bool", "bool", Dtype.BOOL);
  }

  private static final int MAX_DEVICE = 50;

  private Globals() {}

  private static void storage(String prefix, String constant, Dtype dtype) {
    KNOWN.put("torch." + prefix + "Storage", dtype);
    KNOWN.put("torch." + constant, "torch." + constant);
  }

  /**
   * Looks up a name.
   *
   * @param name module and name, joined with a dot
   * @return a {@link Dtype}, a {@link Builder} or a text; null if the name is not allowed
   */
  static @Nullable Object find(String name) {
    return KNOWN.get(name);
  }

  // (storage, offset, shape, stride, ...); what follows says how to train it.
  private static TensorRef rebuilt(List<@Nullable Object> arguments) throws BadWeights {
    if (!(arguments.get(0) instanceof StorageRef storage)) {
      throw BadWeights.damaged("a tensor has no storage");
    }
    return TensorRef.of(
        storage,
        Values.integer(arguments.get(1)),
        Values.integers(arguments.get(2)),
        Values.integers(arguments.get(3)));
  }

  private static TensorRef tensor(@Nullable Object value) throws BadWeights {
    if (value instanceof TensorRef tensor) {
      return tensor;
    }
    throw BadWeights.damaged("a parameter holds no tensor");
  }

  // ("cuda", 0) and the like; anything longer could be copied over and over.
  private static String deviceName(List<@Nullable Object> arguments) throws BadWeights {
    StringJoiner name = new StringJoiner(":");
    for (Object argument : arguments) {
      boolean part = argument instanceof String || argument instanceof Integer;
      if (!part || name.add(argument.toString()).length() > MAX_DEVICE) {
        throw BadWeights.damaged("a device has an impossible name");
      }
    }
    return name.toString();
  }

  // Python 2 passes a list of pairs; later versions fill the dict afterwards.
  private static Map<@Nullable Object, @Nullable Object> orderedDict(
      List<@Nullable Object> arguments) throws BadWeights {
    Map<@Nullable Object, @Nullable Object> dict = new LinkedHashMap<>();
    if (!arguments.isEmpty()) {
      for (Object pair : Values.list(arguments.get(0))) {
        List<@Nullable Object> both = Values.list(pair);
        dict.put(Values.key(both.get(0)), both.get(1));
      }
    }
    return dict;
  }

  // A set is plain data that no tensor needs, so that its order and its equality do not matter.
  private static List<@Nullable Object> set(List<@Nullable Object> arguments) throws BadWeights {
    return arguments.isEmpty() ? new ArrayList<>() : Values.list(arguments.get(0));
  }
}
