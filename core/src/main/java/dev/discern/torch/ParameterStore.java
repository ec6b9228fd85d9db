package dev.discern.torch;

import dev.discern.config.WorkFailed;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * The named tensors of a network: parameters, which train, and buffers, which do not. Layers
 * request tensors from it when they are built; optimizers, checkpoints and exporters read them by
 * name. Names follow PyTorch's dotted form.
 *
 * <p>A parameter's first value is a pure function of (seed, its name, its shape), so two networks
 * that share a layer's name and shape give it the same first values, whatever their other layers
 * are.
 */
public final class ParameterStore {
  // Empty if a file will replace all values.
  private final OptionalLong seed;
  private final Optional<Listing> listing;
  private final Device device;
  private final String prefix;
  private final Map<String, Tensor> parameters;
  private final Map<String, Tensor> buffers;
  private final Map<String, Double> ownRates;
  private final OptionalDouble ownRate;

  /**
   * Creates an empty store.
   *
   * @param seed seed of the first values
   * @param device where the tensors live
   */
  public ParameterStore(long seed, Device device) {
    this(OptionalLong.of(seed), Optional.empty(), device);
  }

  private ParameterStore(OptionalLong seed, Optional<Listing> listing, Device device) {
    this(
        seed,
        listing,
        device,
        "",
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        OptionalDouble.empty());
  }

  /**
   * Creates an empty store for values that will be read from a file. It draws no random values,
   * which takes longer than reading.
   *
   * @param device where the tensors live
   * @return a store whose parameters start at 0
   */
  public static ParameterStore toBeLoaded(Device device) {
    return new ParameterStore(OptionalLong.empty(), Optional.empty(), device);
  }

  /**
   * Creates an empty store for the values of a file, which accepts only tensors that the file
   * holds. A file therefore cannot make a network allocate more memory than its own tensors need.
   *
   * @param shapes the shapes of the file's tensors, by name
   * @param origin the name of the file, for the message
   * @param device where the tensors live
   * @return a store whose parameters start at 0; adding a tensor that the file lacks, or holds in
   *     another shape, throws {@link WorkFailed} before the tensor is allocated
   */
  public static ParameterStore toBeLoaded(
      Map<String, List<Long>> shapes, String origin, Device device) {
    Listing listing = new Listing(Map.copyOf(shapes), origin);
    return new ParameterStore(OptionalLong.empty(), Optional.of(listing), device);
  }

  /** What a file holds. */
  private record Listing(Map<String, List<Long>> shapes, String origin) {
    void require(String name, long... shape) {
      requireShape(name, shape, shapes.get(name), origin);
    }
  }

  private ParameterStore(
      OptionalLong seed,
      Optional<Listing> listing,
      Device device,
      String prefix,
      Map<String, Tensor> parameters,
      Map<String, Tensor> buffers,
      Map<String, Double> ownRates,
      OptionalDouble ownRate) {
    this.seed = seed;
    this.listing = listing;
    this.device = device;
    this.prefix = prefix;
    this.parameters = parameters;
    this.buffers = buffers;
    this.ownRates = ownRates;
    this.ownRate = ownRate;
  }

  /**
   * The same store, as a part of the network sees it.
   *
   * @param part the part's name; names requested through the result begin with it and a dot
   * @return a view that adds to this store
   */
  public ParameterStore under(String part) {
    return new ParameterStore(
        seed, listing, device, prefix + part + ".", parameters, buffers, ownRates, ownRate);
  }

  /**
   * The same store, for parameters that are not weights of the network, such as class centers:
   * tensors requested through the result train at a separate learning rate, without weight decay.
   *
   * @param rate its learning rate, as a multiple of the network's; at least 0
   * @return a view that adds to this store
   */
  public ParameterStore tuned(double rate) {
    return new ParameterStore(
        seed, listing, device, prefix, parameters, buffers, ownRates, OptionalDouble.of(rate));
  }

  /**
   * The parameters added through {@link #tuned}, for optimizers.
   *
   * @return by name, the multiple of the network's learning rate
   */
  public Map<String, Double> ownRates() {
    return Collections.unmodifiableMap(ownRates);
  }

  /**
   * Adds a parameter drawn from a normal distribution with mean 0.
   *
   * @param name its name in this part
   * @param std the standard deviation
   * @param shape its shape
   * @return the parameter, float32
   */
  public Tensor normal(String name, double std, long... shape) {
    return drawn(name, random -> random.nextGaussian() * std, shape);
  }

  /**
   * Adds a parameter drawn from a uniform distribution around 0.
   *
   * @param name its name in this part
   * @param bound values lie in [−bound, bound)
   * @param shape its shape
   * @return the parameter, float32
   */
  public Tensor uniform(String name, double bound, long... shape) {
    return drawn(name, random -> (random.nextDouble() * 2 - 1) * bound, shape);
  }

  private Tensor drawn(String name, ToDoubleFunction<SplittableRandom> draw, long... shape) {
    if (seed.isEmpty()) {
      return constant(name, 0, shape);
    }
    SplittableRandom random = new SplittableRandom(Seeds.mix(seed.getAsLong(), prefix + name));
    float[] values = new float[count(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draw.applyAsDouble(random);
    }
    return addParameter(name, () -> Tensors.ofFloats(values, shape), shape);
  }

  /**
   * Adds a parameter that starts at one value.
   *
   * @param name its name in this part
   * @param value the value
   * @param shape its shape
   * @return the parameter, float32
   */
  public Tensor constant(String name, double value, long... shape) {
    return addParameter(name, () -> filled(value, shape), shape);
  }

  /**
   * Adds a buffer that starts at one value.
   *
   * @param name its name in this part
   * @param value the value
   * @param shape its shape
   * @return the buffer, float32
   */
  public Tensor buffer(String name, double value, long... shape) {
    return add(buffers, name, created(name, () -> filled(value, shape), shape));
  }

  /**
   * The trainable parameters by name, in the order of creation.
   *
   * @return an unmodifiable view
   */
  public Map<String, Tensor> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /**
   * The tensors that do not train, by name, in the order of creation.
   *
   * @return an unmodifiable view
   */
  public Map<String, Tensor> buffers() {
    return Collections.unmodifiableMap(buffers);
  }

  /**
   * Parameters and buffers by name: the whole state of a network.
   *
   * @return a new map of the live tensors
   */
  public Map<String, Tensor> state() {
    Map<String, Tensor> all = new LinkedHashMap<>(parameters);
    all.putAll(buffers);
    return all;
  }

  /**
   * The number of trainable values.
   *
   * @return the sum of the parameters' sizes
   */
  public long parameterCount() {
    return parameters.values().stream().mapToLong(Tensor::numel).sum();
  }

  /**
   * Copies values into this store's tensors, all or none.
   *
   * @param values tensors by name; must hold every name of {@link #state()} in the same shape
   * @param origin the name of their source, for the message
   * @throws WorkFailed if a name is missing or a shape differs; nothing is changed then
   */
  public void load(Map<String, Tensor> values, String origin) {
    copy(values, state(), origin);
  }

  /**
   * Copies values from one set of named tensors into another, all or none.
   *
   * @param from the values; must hold every name of {@code into} in the same shape
   * @param into receives them
   * @param origin the name of their source, for the message
   * @throws WorkFailed if a name is missing or a shape differs; nothing is changed then
   */
  public static void copy(Map<String, Tensor> from, Map<String, Tensor> into, String origin) {
    into.forEach((name, tensor) -> requireLike(name, tensor, from.get(name), origin));
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      into.forEach((name, tensor) -> tensor.copy_(from.get(name)));
    }
  }

  private static void requireLike(String name, Tensor mine, @Nullable Tensor other, String origin) {
    try (Scope scope = new Scope()) {
      requireShape(name, sides(mine), other == null ? null : boxed(sides(other)), origin);
    }
  }

  private static void requireShape(
      String name, long[] expected, @Nullable List<Long> found, String origin) {
    if (found == null) {
      throw new WorkFailed(
          origin + " has no tensor '" + name + "': it was written for another model.");
    }
    if (!found.equals(boxed(expected))) {
      throw new WorkFailed(
          origin
              + " holds '"
              + name
              + "' as "
              + found
              + ", but this model has "
              + Arrays.toString(expected)
              + ": it was written for another model or class list.");
    }
  }

  private static long[] sides(Tensor tensor) {
    return tensor.sizes().vec().get();
  }

  private static List<Long> boxed(long[] sides) {
    return Arrays.stream(sides).boxed().toList();
  }

  private Tensor addParameter(String name, Supplier<Tensor> value, long... shape) {
    Tensor parameter = created(name, value, shape);
    parameter.set_requires_grad(true);
    ownRate.ifPresent(rate -> ownRates.put(prefix + name, rate));
    return add(parameters, name, parameter);
  }

  // Temporary tensors are freed at once; the tensor itself has no scope. The weights of
  // convolutions are channels-last like the maps: otherwise, every call reorders them.
  private Tensor created(String name, Supplier<Tensor> value, long... shape) {
    listing.ifPresent(known -> known.require(prefix + name, shape));
    try (Scope scope = new Scope()) {
      Tensor first = value.get();
      MemoryFormat format = first.dim() == 4 ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous;
      return scope.keep(
          first.to(device, ScalarType.Float, false, true, new MemoryFormatOptional(format)));
    }
  }

  private Tensor add(Map<String, Tensor> to, String name, Tensor tensor) {
    String full = prefix + name;
    if (parameters.containsKey(full) || buffers.containsKey(full)) {
      throw new IllegalArgumentException("The network already has a tensor '" + full + "'.");
    }
    to.put(full, tensor);
    return tensor;
  }

  private static Tensor filled(double value, long... shape) {
    Natives.load();
    return torch.full(shape, new Scalar(value), new TensorOptions(ScalarType.Float));
  }

  private static int count(long... shape) {
    long product = 1;
    for (long side : shape) {
      product = Math.multiplyExact(product, side);
    }
    return Math.toIntExact(product);
  }
}
