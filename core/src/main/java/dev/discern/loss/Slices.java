package dev.discern.loss;

import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.Arrays;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * Losses along one line through their logits, to be drawn where they are no function of {@code p_y}
 * alone. The engine computes them in float64, a point a call.
 */
public final class Slices {
  /** How many wrong classes share what the true one leaves. */
  public static final int RIVALS = 9;

  private record Point(double value, double gradient) {}

  private Slices() {}

  /**
   * The true class has the probability p, and the rivals share the rest evenly; the logits' mean is
   * 0.
   *
   * @param loss for one class per image; told of {@code RIVALS + 1} classes if it must know them
   * @return over {@code ln p}, below 0: its value in nats, and its gradient in the true class's
   *     logit over that of cross-entropy, {@code p − 1}
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
   * One decision of a loss on several labels: the label's probability is p.
   *
   * @param loss for several labels per image
   * @param carried whether the image carries the label
   * @return over {@code ln p}, below 0: its value in nats, and its gradient in the label's logit
   *     over that of binary cross-entropy
   */
  public static ProbabilityCurve ofLabel(Loss loss, boolean carried) {
    double t = carried ? 1 : 0;
    // A loss takes two labels or more: the second weighs nothing.
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
