package dev.discern.backbone;

import dev.discern.layer.Activation;
import dev.discern.layer.Attention;
import dev.discern.layer.BatchNorm;
import dev.discern.layer.ChannelShuffle;
import dev.discern.layer.ChannelSlice;
import dev.discern.layer.ClassToken;
import dev.discern.layer.Conv;
import dev.discern.layer.Dense;
import dev.discern.layer.DropPath;
import dev.discern.layer.Dropout;
import dev.discern.layer.GlobalPool;
import dev.discern.layer.Interpreter;
import dev.discern.layer.LayerNorm;
import dev.discern.layer.Padding;
import dev.discern.layer.Pool;
import dev.discern.layer.Scale;
import dev.discern.layer.Subsample;
import dev.discern.layer.Tokens;
import dev.discern.torch.Precision;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Runs layers in the engine. */
final class Forward implements Interpreter<Flow> {
  private static final long[] SIDES = {2, 3};
  private static final long[] NO_DILATION = {1, 1};

  private final Weights weights;
  private final Pass pass;

  /**
   * Prepares a pass.
   *
   * @param weights the tensors of the layers
   * @param pass what it is for
   */
  Forward(Weights weights, Pass pass) {
    this.weights = weights;
    this.pass = pass;
  }

  @Override
  public Flow conv(Conv layer, Flow input) {
    Tensor x = input.tensor();
    Padding.Sides rows =
        layer.padding().of(Math.toIntExact(x.size(2)), layer.kernel(), layer.stride());
    Padding.Sides columns =
        layer.padding().of(Math.toIntExact(x.size(3)), layer.kernel(), layer.stride());
    long[] padding = {rows.before(), columns.before()};
    if (!rows.isEven() || !columns.isEven()) {
      x =
          torch.constant_pad_nd(
              x,
              new long[] {columns.before(), columns.after(), rows.before(), rows.after()},
              new Scalar(0.0));
      padding = new long[] {0, 0};
    }
    boolean wide = pass.trains() && x.is_cpu() && isWide(layer, input.tensor());
    long[] added = padding;
    Tensor y =
        wide
            ? Precision.inFloat32(x, map -> convolved(layer, map, added))
            : convolved(layer, x, added);
    // With one channel, both memory layouts have the same bytes and the engine picks the slower
    // one. Setting channels-last here makes the layers after it keep it.
    return Flow.free(layer.in() == 1 ? Precision.channelsLast(y) : y);
  }

  // On a processor, in bfloat16, the engine differentiates depthwise convolutions several times as
  // slowly as in float32. And of windows with rows or columns that reach nothing but padding, it
  // returns wrong gradients, some of which depend on what was in memory (docs/decisions.md).
  private static boolean isWide(Conv layer, Tensor map) {
    return layer.isDepthwise()
        || layer.kernel() / 2 >= map.size(2)
        || layer.kernel() / 2 >= map.size(3);
  }

  private Tensor convolved(Conv layer, Tensor x, long[] padding) {
    return torch.conv2d(
        x,
        weights.tensor(layer.name() + ".weight"),
        layer.bias() ? weights.optional(layer.name() + ".bias") : new TensorOptional(),
        new long[] {layer.stride(), layer.stride()},
        padding,
        NO_DILATION,
        layer.groups());
  }

  @Override
  public Flow batchNorm(BatchNorm layer, Flow input) {
    return Flow.free(
        torch.batch_norm(
            input.tensor(),
            weights.optional(layer.name() + ".weight"),
            weights.optional(layer.name() + ".bias"),
            weights.optional(layer.name() + ".running_mean"),
            weights.optional(layer.name() + ".running_var"),
            pass.usesBatchStatistics() && weights.trains(layer.name() + ".weight"),
            BatchNorm.MOMENTUM,
            layer.epsilon(),
            true));
  }

  @Override
  public Flow layerNorm(LayerNorm layer, Flow input) {
    Tensor x = input.tensor();
    boolean isMap = x.dim() == 4;
    Tensor y =
        torch.layer_norm(
            isMap ? x.permute(0, 2, 3, 1) : x,
            new long[] {layer.channels()},
            weights.optional(layer.name() + ".weight"),
            weights.optional(layer.name() + ".bias"),
            LayerNorm.EPSILON,
            true);
    return Flow.free(isMap ? y.permute(0, 3, 1, 2) : y);
  }

  @Override
  public Flow activation(Activation layer, Flow input) {
    return Flow.kept(Activations.apply(layer, input, pass.trains()));
  }

  @Override
  public Flow pool(Pool layer, Flow input) {
    long[] kernel = {layer.kernel(), layer.kernel()};
    long[] stride = {layer.stride(), layer.stride()};
    long[] padding = {layer.padding(), layer.padding()};
    Tensor x = input.tensor();
    return Flow.free(
        layer.kind() == Pool.Kind.MAX
            ? torch.max_pool2d(x, kernel, stride, padding, NO_DILATION, false)
            : torch.avg_pool2d(x, kernel, stride, padding, false, false, new LongOptional()));
  }

  // Accumulated and returned in float32 at least, for the head.
  @Override
  public Flow globalPool(GlobalPool layer, Flow input) {
    Tensor x = input.tensor();
    return Flow.free(x.mean(SIDES, true, new ScalarTypeOptional(Backbone.wide(x))));
  }

  @Override
  public Flow dense(Dense layer, Flow input) {
    Tensor x = input.tensor();
    boolean isMap = x.dim() == 4;
    Tensor y = linear(layer, isMap ? x.permute(0, 2, 3, 1) : x);
    return Flow.free(isMap ? y.permute(0, 3, 1, 2) : y);
  }

  private Tensor linear(Dense layer, Tensor x) {
    return torch.linear(
        x, weights.tensor(layer.name() + ".weight"), weights.optional(layer.name() + ".bias"));
  }

  @Override
  public Flow dropout(Dropout layer, Flow input) {
    if (layer.rate() == 0 || !pass.trains()) {
      return input;
    }
    Tensor x = input.tensor();
    return Flow.kept(x.mul(Masks.of(x.sizes().vec().get(), x, layer.rate(), pass, layer.name())));
  }

  @Override
  public Flow dropPath(DropPath layer, Flow input) {
    if (layer.rate() == 0 || !pass.trains()) {
      return input;
    }
    Tensor x = input.tensor();
    long[] shape = x.sizes().vec().get();
    Arrays.fill(shape, 1, shape.length, 1);
    return Flow.free(x.mul(Masks.of(shape, x, layer.rate(), pass, layer.name())));
  }

  @Override
  public Flow scale(Scale layer, Flow input) {
    return Flow.free(
        input.tensor().mul(weights.tensor(layer.name()).view(1, layer.channels(), 1, 1)));
  }

  @Override
  public Flow subsample(Subsample layer, Flow input) {
    Tensor picked = input.tensor();
    if (layer.stride() != 1) {
      LongOptional start = new LongOptional(0);
      LongOptional end = new LongOptional();
      picked = picked.slice(2, start, end, layer.stride()).slice(3, start, end, layer.stride());
    }
    int extra = layer.out() - layer.in();
    int before = extra / 2;
    return Flow.free(
        torch.constant_pad_nd(
            picked, new long[] {0, 0, 0, 0, before, extra - before}, new Scalar(0.0)));
  }

  @Override
  public Flow slice(ChannelSlice layer, Flow input) {
    return Flow.kept(input.tensor().narrow(1, layer.from(), (long) layer.until() - layer.from()));
  }

  @Override
  public Flow shuffle(ChannelShuffle layer, Flow input) {
    return Flow.free(torch.channel_shuffle(input.tensor(), layer.groups()));
  }

  @Override
  public Flow tokens(Tokens layer, Flow input) {
    Tensor x = input.tensor();
    Tensor patches = x.flatten(2, 3).transpose(1, 2);
    Tensor classToken = weights.tensor(Tokens.CLASS_TOKEN).expand(x.size(0), 1, layer.width());
    Tensor positions = Positions.of(weights.tensor(Tokens.POSITIONS), layer, x.size(2), x.size(3));
    // The class token is a weight, which keeps its precision.
    return Flow.free(
        torch
            .cat(new TensorVector(classToken, patches.to(classToken.scalar_type())), 1)
            .add(positions));
  }

  @Override
  public Flow classToken(ClassToken layer, Flow input) {
    return Flow.kept(input.tensor().select(1, 0).unsqueeze(2).unsqueeze(3));
  }

  @Override
  public Flow attention(Attention layer, Flow input) {
    Tensor x = input.tensor();
    long batch = x.size(0);
    long tokens = x.size(1);
    long width = layer.width();
    TensorVector each =
        linear(layer.queriesKeysValues(), x)
            .reshape(batch, tokens, 3, layer.heads(), width / layer.heads())
            .permute(2, 0, 3, 1, 4)
            .unbind(0);
    Tensor found = torch.scaled_dot_product_attention(each.get(0), each.get(1), each.get(2));
    return Flow.free(
        linear(layer.projection(), found.transpose(1, 2).reshape(batch, tokens, width)));
  }

  @Override
  public Flow add(Flow left, Flow right) {
    if (left.isFree() && left.tensor().scalar_type() == right.tensor().scalar_type()) {
      return Flow.free(left.tensor().add_(right.tensor()));
    }
    return Flow.free(left.tensor().add(right.tensor()));
  }

  @Override
  public Flow multiply(Flow map, Flow factors) {
    return Flow.free(map.tensor().mul(factors.tensor().to(map.tensor().scalar_type())));
  }

  @Override
  public Flow concat(List<Flow> maps) {
    return Flow.free(
        torch.cat(new TensorVector(maps.stream().map(Flow::tensor).toArray(Tensor[]::new)), 1));
  }

  @Override
  public Flow shared(Flow value) {
    return Flow.kept(value.tensor());
  }
}
