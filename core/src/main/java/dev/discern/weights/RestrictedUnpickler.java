package dev.discern.weights;

import dev.discern.torch.Dtype;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;
import org.jspecify.annotations.Nullable;

/**
 * Reads pickles of tensors, numbers, strings and containers.
 *
 * <p>The library leaves the choice of opcodes to {@link #dispatch}. Here, opcodes that name or
 * build something, read a length, or fill a container are handled by this class; a few harmless
 * ones go to the library; all others are refused. A name outside {@link Globals} is refused where
 * it is read.
 */
final class RestrictedUnpickler extends Unpickler {
  // Enough for 10,000 tensors and an optimizer's state for each.
  private static final int MAX_STEPS = 2_000_000;
  private static final int MAX_STACK = 250_000;
  private static final int MAX_MEMO = 500_000;

  /** The largest pickle, in bytes. */
  static final long MAX_BYTES = 32 << 20;

  private final PickleInput source;
  private final Map<String, StorageRef> storages = new LinkedHashMap<>();
  private int steps;

  private RestrictedUnpickler(PickleInput source) {
    this.source = source;
  }

  /**
   * A pickle's content.
   *
   * @param value null, a number, a string, bytes, an array for a tuple, a list, a map, a {@link
   *     TensorRef}, or something that stands for a name
   * @param storages the storages it mentions, by key
   */
  record Pickled(@Nullable Object value, Map<String, StorageRef> storages) {}

  /**
   * Reads one pickle; the input is behind it afterwards.
   *
   * @throws BadWeights if it asks for anything but tensors and plain data, or is damaged
   * @throws IOException if reading fails
   */
  static Pickled read(PickleInput input) throws IOException {
    RestrictedUnpickler unpickler = new RestrictedUnpickler(input);
    try {
      return new Pickled(unpickler.load(input), unpickler.storages);
    } catch (RuntimeException e) {
      // The library's casts and stack fail in many ways on a pickle that makes no sense.
      BadWeights damaged = BadWeights.damaged("its pickle makes no sense");
      damaged.initCause(e);
      throw damaged;
    }
  }

  @Override
  protected @Nullable Object dispatch(short opcode) throws IOException {
    if (++steps > MAX_STEPS || stack.size() > MAX_STACK || memo.size() > MAX_MEMO) {
      throw BadWeights.damaged("its pickle is larger than any network needs");
    }
    switch (opcode) {
      case Opcodes.GLOBAL -> global(PickleUtils.readline(input), PickleUtils.readline(input));
      case Opcodes.STACK_GLOBAL -> {
        String name = (String) stack.pop();
        global((String) stack.pop(), name);
      }
      case Opcodes.INST ->
          throw BadWeights.unsafe(PickleUtils.readline(input) + "." + PickleUtils.readline(input));
      case Opcodes.EXT1 -> throw extension(1);
      case Opcodes.EXT2 -> throw extension(2);
      case Opcodes.EXT4 -> throw extension(4);
      case Opcodes.REDUCE -> reduce();
      case Opcodes.BUILD -> build();
      case Opcodes.BINPERSID -> stack.add(storage(stack.pop()));
      case Opcodes.BINUNICODE -> text(length(4));
      case Opcodes.BINUNICODE8 -> text(length(8));
      case Opcodes.BINSTRING ->
          stack.add(new String(source.bytes(length(4)), StandardCharsets.ISO_8859_1));
      case Opcodes.BINBYTES -> stack.add(source.bytes(length(4)));
      case Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> stack.add(source.bytes(length(8)));
      case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
      case Opcodes.EMPTY_SET -> stack.add(new ArrayList<>());
      case Opcodes.DICT -> {
        List<Object> items = stack.pop_all_since_marker();
        stack.add(new LinkedHashMap<>());
        put(items);
      }
      case Opcodes.SETITEM -> {
        Object value = stack.pop();
        put(Arrays.asList(stack.pop(), value));
      }
      case Opcodes.SETITEMS -> put(stack.pop_all_since_marker());
      case Opcodes.APPENDS, Opcodes.ADDITEMS -> {
        List<Object> items = stack.pop_all_since_marker();
        topList().addAll(items);
      }
      case Opcodes.FROZENSET -> stack.add(stack.pop_all_since_marker());
      default -> {
        return plain(opcode);
      }
    }
    return NO_RETURN_VALUE;
  }

  private @Nullable Object plain(short opcode) throws IOException {
    return switch (opcode) {
      case Opcodes.PROTO,
          Opcodes.FRAME,
          Opcodes.STOP,
          Opcodes.MARK,
          Opcodes.POP,
          Opcodes.NONE,
          Opcodes.NEWTRUE,
          Opcodes.NEWFALSE,
          Opcodes.INT,
          Opcodes.BININT,
          Opcodes.BININT1,
          Opcodes.BININT2,
          Opcodes.LONG1,
          Opcodes.FLOAT,
          Opcodes.BINFLOAT,
          Opcodes.STRING,
          Opcodes.UNICODE,
          Opcodes.SHORT_BINSTRING,
          Opcodes.SHORT_BINUNICODE,
          Opcodes.SHORT_BINBYTES,
          Opcodes.TUPLE,
          Opcodes.EMPTY_TUPLE,
          Opcodes.TUPLE1,
          Opcodes.TUPLE2,
          Opcodes.TUPLE3,
          Opcodes.LIST,
          Opcodes.EMPTY_LIST,
          Opcodes.APPEND,
          Opcodes.GET,
          Opcodes.BINGET,
          Opcodes.LONG_BINGET,
          Opcodes.PUT,
          Opcodes.BINPUT,
          Opcodes.LONG_BINPUT,
          Opcodes.MEMOIZE ->
          super.dispatch(opcode);
      default -> throw BadWeights.unsafe("the pickle operation 0x" + Integer.toHexString(opcode));
    };
  }

  private void global(String module, String name) throws BadWeights {
    String full = module + "." + name;
    Object known = Globals.find(full);
    if (known == null) {
      // Legacy files wrap the class of a module in a persistent id.
      boolean outermost = stack.size() == 0 || "module".equals(stack.peek());
      throw outermost && name.matches("\\p{Lu}.*") ? wholeObject(full) : BadWeights.unsafe(full);
    }
    stack.add(known);
  }

  private static BadWeights wholeObject(String name) {
    return new BadWeights(
        "holds a whole Python object of the class "
            + BadWeights.shown(name)
            + ", which only its Python code can rebuild: save the model's state_dict() and read that"
            + " file");
  }

  private BadWeights extension(int bytes) throws IOException {
    return BadWeights.unsafe("the Python extension with the code " + length(bytes));
  }

  private void reduce() throws BadWeights {
    List<@Nullable Object> arguments = Values.list(stack.pop());
    if (!(stack.pop() instanceof Globals.Builder builder)) {
      throw BadWeights.unsafe("a call of something that is no function");
    }
    // Copies count, or a few bytes could copy one long list over and over.
    for (Object argument : arguments) {
      steps += argument instanceof List<?> list ? list.size() : 0;
    }
    stack.add(builder.build(arguments));
  }

  // Attributes, such as _metadata of a state dict; nothing here needs them.
  private void build() throws BadWeights {
    stack.pop();
    if (!(stack.peek() instanceof Map)) {
      throw BadWeights.unsafe("attributes of something that is no dict");
    }
  }

  // ("storage", class, key, device, count); legacy files add a view, which is null.
  private StorageRef storage(@Nullable Object id) throws BadWeights {
    List<@Nullable Object> parts = Values.list(id);
    if (parts.size() < 5
        || !"storage".equals(parts.get(0))
        || !(parts.get(1) instanceof Dtype dtype)
        || !(parts.get(2) instanceof String key)
        || Values.integer(parts.get(4)) < 0) {
      throw BadWeights.unsafe("a persistent object that is no storage of numbers");
    }
    if (parts.size() > 5 && parts.get(5) != null) {
      throw new BadWeights(
          "shares numbers between storages as PyTorch did before 0.4: save it again with a newer"
              + " PyTorch");
    }
    StorageRef storage = new StorageRef(key, dtype, Values.integer(parts.get(4)));
    StorageRef earlier = storages.putIfAbsent(key, storage);
    if (earlier != null && !earlier.equals(storage)) {
      throw BadWeights.damaged(
          "storage '" + BadWeights.shown(key) + "' has two types or two sizes");
    }
    return storage;
  }

  private void text(long bytes) throws IOException {
    stack.add(new String(source.bytes(bytes), StandardCharsets.UTF_8));
  }

  private long length(int bytes) throws IOException {
    byte[] wide = new byte[8];
    System.arraycopy(source.bytes(bytes), 0, wide, 0, bytes);
    return ByteBuffer.wrap(wide).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  @SuppressWarnings("unchecked") // of anything
  private List<@Nullable Object> topList() {
    return (List<@Nullable Object>) stack.peek();
  }

  @SuppressWarnings("unchecked") // of anything
  private void put(List<Object> items) throws BadWeights {
    Map<@Nullable Object, @Nullable Object> dict =
        (Map<@Nullable Object, @Nullable Object>) stack.peek();
    for (int i = 0; i + 1 < items.size(); i += 2) {
      dict.put(Values.key(items.get(i)), items.get(i + 1));
    }
  }
}
