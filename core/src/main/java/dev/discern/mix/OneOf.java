package dev.discern.mix;

import dev.discern.loss.Targets;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/**
 * Draws one of several ways to mix for each batch, all equally likely.
 *
 * @param choices the ways to mix, at least one
 */
public record OneOf(List<BatchMix> choices) implements BatchMix {
  /** Keeps an unmodifiable copy and rejects an empty list. */
  public OneOf {
    choices = List.copyOf(choices);
    if (choices.isEmpty()) {
      throw new IllegalArgumentException("The list of mixes to choose from is empty.");
    }
  }

  @Override
  public Mixed apply(Tensor images, Targets.Distribution targets, SplittableRandom random) {
    return choices.get(random.nextInt(choices.size())).apply(images, targets, random);
  }
}
