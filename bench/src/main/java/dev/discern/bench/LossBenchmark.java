package dev.discern.bench;

import dev.discern.config.Spec;
import dev.discern.loss.Loss;
import dev.discern.loss.Losses;
import dev.discern.loss.Targets;
import dev.discern.torch.Scope;
import dev.discern.torch.Seeds;
import dev.discern.torch.Tensors;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures each loss, forward and backward, in float32, at the size of a small and of a large
 * problem. Compare the results as ratios to {@code ce} in the same run.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(org.openjdk.jmh.annotations.Scope.Thread)
public class LossBenchmark {
  /** The loss. */
  @Param({"ce", "nllr", "crl"})
  public String loss = "ce";

  /** Rows and columns of the logits. */
  @Param({"128x10", "256x1000"})
  public String shape = "128x10";

  private Loss measured = Losses.CATALOGUE.create(Spec.parse("ce"));
  private @Nullable Tensor logits;
  private @Nullable Targets targets;

  /** Draws classes, and logits like those of a network halfway through training. */
  @Setup(Level.Trial)
  public void prepare() {
    String[] sides = shape.split("x", 2);
    int rows = Integer.parseInt(sides[0]);
    int columns = Integer.parseInt(sides[1]);
    SplittableRandom random = Seeds.random(1);
    float[] values = new float[rows * columns];
    int[] classes = new int[rows];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < rows; i++) {
      classes[i] = random.nextInt(columns);
      values[i * columns + classes[i]] += 3;
    }
    measured = Losses.CATALOGUE.create(Spec.parse(loss));
    logits = Tensors.ofFloats(values, rows, columns).requires_grad_(true);
    targets = new Targets.Classes(Tensors.ofClasses(classes), null);
  }

  /**
   * One forward and backward pass.
   *
   * @return the mean loss, so that nothing is optimized away
   */
  @Benchmark
  public double forwardAndBackward() {
    Tensor z = Objects.requireNonNull(logits);
    try (Scope scope = new Scope()) {
      Tensor mean = measured.perSample(z, Objects.requireNonNull(targets)).mean();
      z.mutable_grad().reset();
      mean.backward();
      return mean.item_double();
    }
  }
}
