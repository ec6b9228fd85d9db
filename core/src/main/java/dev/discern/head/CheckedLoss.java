package dev.discern.head;

import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.loss.Loss;
import dev.discern.loss.ProbabilityCurve;
import dev.discern.loss.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * A user's own loss, whose results are checked: a loss that reduces its batch would train at
 * another rate without a word.
 *
 * @param spelling as runs record it
 * @param loss the user's
 */
record CheckedLoss(String spelling, Loss loss) implements Loss {
  @Override
  public Tensor perSample(Tensor logits, Targets targets) {
    Tensor losses = loss.perSample(logits, targets);
    long images = logits.size(0);
    if (losses.dim() != 1 || losses.size(0) != images || !losses.is_floating_point()) {
      throw new WorkFailed(
          spelling
              + " returned "
              + Arrays.toString(losses.shape())
              + " of "
              + losses.scalar_type().intern()
              + " for "
              + images
              + " images: return one floating-point loss per image, and leave the mean to the"
              + " trainer.");
    }
    return losses;
  }

  @Override
  public String name() {
    return loss.name();
  }

  @Override
  public Task task() {
    return loss.task();
  }

  @Override
  public boolean takesDistributions() {
    return loss.takesDistributions();
  }

  @Override
  public Loss among(List<Integer> classes) {
    return new CheckedLoss(spelling, loss.among(classes));
  }

  @Override
  public Optional<ProbabilityCurve> curve() {
    return loss.curve();
  }
}
