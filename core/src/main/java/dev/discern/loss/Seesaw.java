package dev.discern.loss;

import dev.discern.config.Check;
import dev.discern.config.InvalidConfig;
import dev.discern.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Seesaw loss: cross-entropy after {@code ln(M_yj·C_yj)} is added to each wrong class's logit.
 * {@code M_yj = min(1, N_j/N_y)^p} reduces the penalty that frequent classes put on rare classes j;
 * {@code C_yj = max(1, p_j/p_y)^q} restores it where j is wrongly likely. No gradient flows through
 * C.
 *
 * <p>Source: Wang et al., "Seesaw loss for long-tailed instance segmentation", arXiv 2008.10032
 * (2021), equations 2 to 6.
 *
 * @param mitigation p ≥ 0; the authors' value is .8
 * @param compensation q ≥ 0; the authors' value is 2
 * @param counts training images per class, each at least 1; empty if they are not known, in which
 *     case the loss cannot be computed
 */
public record Seesaw(double mitigation, double compensation, List<Long> counts) implements Loss {
  /**
   * Checks the exponents and keeps an unmodifiable copy of the counts.
   *
   * @throws dev.discern.config.InvalidConfig if p or q is negative, NaN or infinite, or a class has
   *     no training image, since its logits would then be shifted by −∞
   */
  public Seesaw {
    counts = List.copyOf(counts);
    Check.nonNegative("seesaw", "p", mitigation);
    Check.nonNegative("seesaw", "q", compensation);
    for (int k = 0; k < counts.size(); k++) {
      if (counts.get(k) < 1) {
        throw new InvalidConfig(
            "seesaw weighs classes by their training images, but class "
                + k
                + " (from 0) has none: add images of it, or take another loss.");
      }
    }
  }

  @Override
  public Tensor perSample(Tensor logits, Targets targets) {
    Targets.Classes classes = Targets.requireClasses(targets, "seesaw");
    LogProbabilities.requireMatch(logits, classes);
    requireCounts(logits.size(1));
    Tensor wide = LogProbabilities.widened(logits);
    LogProbabilities now = LogProbabilities.of(wide.detach(), classes);
    Tensor index = classes.classes().unsqueeze(1);
    Tensor compensated =
        now.all()
            .sub(now.ofTarget().unsqueeze(1))
            .clamp_min(new Scalar(0.0))
            .mul(new Scalar(compensation));
    Tensor shift =
        mitigated(classes.classes(), wide).add(compensated).scatter(1, index, new Scalar(0.0));
    LogProbabilities lp = LogProbabilities.of(wide.add(shift), classes);
    return lp.weighted(lp.ofTarget().neg());
  }

  @Override
  public Loss among(List<Integer> classes) {
    return new Seesaw(mitigation, compensation, classes.stream().map(counts::get).toList());
  }

  // [N, K]: p·min(0, ln N_j − ln N_y)
  private Tensor mitigated(Tensor classes, Tensor like) {
    double[] logs = counts.stream().mapToDouble(Math::log).toArray();
    Tensor ofClass =
        Tensors.ofDoubles(logs, logs.length).to(like.device(), like.scalar_type().intern());
    Tensor ofTrue = ofClass.index_select(0, classes).unsqueeze(1);
    return torch
        .clamp_max(ofClass.unsqueeze(0).sub(ofTrue), new Scalar(0.0))
        .mul(new Scalar(mitigation));
  }

  private void requireCounts(long classCount) {
    if (counts.size() != classCount) {
      throw new IllegalArgumentException(
          "Seesaw weighs "
              + classCount
              + " classes by their number of training images, but "
              + (counts.isEmpty() ? "no counts" : counts.size() + " counts")
              + " were given: build it with the training set's class counts.");
    }
  }

  @Override
  public boolean takesDistributions() {
    return false;
  }
}
