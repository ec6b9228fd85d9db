package dev.discern.loss;

import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.Arrays;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * Losses along a line through the logits, for plotting losses that depend on more than {@code p_y}.
 * The engine computes them in float64, one point per call.
 */
public final class Slices {
  /** The number of wrong classes that share the remaining probability. */
  public static final int RIVALS = 9;

  private record Point(double value, double gradient) {}

  private Slices() {}

  /**
   * The loss where the true class has probability p and the rivals share the rest evenly; the mean
   * of the logits is 0.
   *
   * @param loss for one class per image; built for {@code RIVALS + 1} classes if it holds per-class
   *     values
   * @return a function of {@code ln p}, below 0: the value in nats, and the gradient by the logit
   *     of the true class divided by that of cross-entropy, {@code p − 1}
   */
  public static ProbabilityCurve amongEqualRivals(Loss loss) {
    Supplier<Targets> first = () -> new Targets.Classes(Tensors.ofClasses(new int[] {0}), null);
    return new ProbabilityCurve(
        lp -> at(loss, amongRivals(lp), first).value(),
        lp -> at(loss, amongRivals(lp), first).gradient() / Math.expm1(lp));
  }

  private static double[] amongRivals(double lp) {
    double[] logits = new double[RIVALS + 1];
    Arrays.fill(logits, Math.log(-Math.expm1(lp) / RIVALS));
    logits[0] = lp;
    double mean = Arrays.stream(logits).average().orElseThrow();
    return Arrays.stream(logits).map(z -> z - mean).toArray();
  }

  /**
   * One decision of a multi-label loss, where the probability of the label is p.
   *
   * @param loss for several labels per image
   * @param carried whether the image has the label
   * @return a function of {@code ln p}, below 0: the value in nats, and the gradient by the logit
   *     of the label divided by that of binary cross-entropy
   */
  public static ProbabilityCurve ofLabel(Loss loss, boolean carried) {
    double t = carried ? 1 : 0;
    // A loss needs at least two labels, so the second has weight 0.
    Supplier<Targets> one =
        () ->
            new Targets.MultiHot(
                Tensors.ofDoubles(new double[] {t, 0}, 1, 2),
                Tensors.ofDoubles(new double[] {1, 0}, 2));
    return new ProbabilityCurve(
        lp -> at(loss, ofLabel(lp), one).value(),
        lp -> at(loss, ofLabel(lp), one).gradient() / (Math.exp(lp) - t));
  }

  private static double[] ofLabel(double lp) {
    return new double[] {lp - Math.log(-Math.expm1(lp)), 0};
  }

  private static Point at(Loss loss, double[] logits, Supplier<Targets> targets) {
    try (Scope scope = new Scope()) {
      Tensor z = Tensors.ofDoubles(logits, 1, logits.length).requires_grad_(true);
      Tensor value = loss.perSample(z, targets.get()).sum();
      value.backward();
      return new Point(value.item_double(), Tensors.toDoubles(z.grad())[0]);
    }
  }
}
