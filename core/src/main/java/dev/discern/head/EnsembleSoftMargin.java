package dev.discern.head;

import dev.discern.config.Check;
import dev.discern.loss.SoftMargin;
import dev.discern.loss.Targets;
import dev.discern.torch.ParameterStore;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * EM-Softmax: V soft-margin classifiers on the same features, kept diverse by {@link Hsic}; the
 * prediction uses the mean of their logits. The loss is {@code Σ_v softMargin(W_v) + λ·Σ_{v<u}
 * HSIC(W_v, W_u)}.
 *
 * <p>Source: Wang, Zhang, Lei, Liu, Guo, Li, "Ensemble soft-margin softmax loss for image
 * classification", arXiv 1805.03922 (IJCAI 2018). The margin, the ensemble and the criterion come
 * from the paper. The kernel and the values of m, V and λ are not known to us, so they are our
 * choice.
 *
 * @param margin m ≥ 0, in logits
 * @param ensemble V, a whole number of 1 to 32
 * @param diversity λ ≥ 0
 */
public record EnsembleSoftMargin(double margin, double ensemble, double diversity)
    implements HeadFactory {
  /**
   * Checks the parameters.
   *
   * @throws dev.discern.config.InvalidConfig if one is outside its range
   */
  public EnsembleSoftMargin {
    Check.nonNegative("em-softmax", "margin", margin);
    Check.whole("em-softmax", "ensemble", ensemble, 32);
    Check.nonNegative("em-softmax", "diversity", diversity);
  }

  @Override
  public Head build(ParameterStore store, HeadShape shape) {
    List<Linear> members =
        IntStream.range(0, (int) ensemble)
            .mapToObj(
                v ->
                    Linear.of(
                        store.under(v == 0 ? "fc" : "fc" + (v + 1)),
                        shape.featureCount(),
                        shape.classCount()))
            .toList();
    return new Ensemble(members, new SoftMargin(margin), diversity);
  }

  private record Ensemble(List<Linear> members, SoftMargin loss, double diversity) implements Head {
    @Override
    public <T> T logits(Operations<T> operations, T features) {
      return mean(operations, members.stream().map(each -> each.on(operations, features)).toList());
    }

    private static <T> T mean(Operations<T> operations, List<T> logits) {
      return operations.scale(
          logits.stream().reduce(operations::add).orElseThrow(), 1.0 / logits.size());
    }

    @Override
    public HeadLoss loss(Features features, Targets targets) {
      List<Tensor> logits = members.stream().map(m -> m.of(features.pooled())).toList();
      Tensor perSample =
          logits.stream()
              .map(each -> loss.perSample(each, targets))
              .reduce(Tensor::add)
              .orElseThrow();
      if (members.size() == 1) {
        return HeadLoss.of(mean(EngineOperations.ENGINE, logits), perSample);
      }
      Tensor hsic = overPairs(false).sum();
      return new HeadLoss(
          mean(EngineOperations.ENGINE, logits),
          perSample,
          Map.of("diversity", hsic.mul(new Scalar(diversity))),
          Map.of("hsic", hsic.detach(), "cka", overPairs(true).mean().detach()));
    }

    private Tensor overPairs(boolean normalized) {
      Tensor[] pairs =
          IntStream.range(0, members.size())
              .boxed()
              .flatMap(
                  v ->
                      IntStream.range(v + 1, members.size())
                          .mapToObj(
                              u ->
                                  of(members.get(v).weight(), members.get(u).weight(), normalized)))
              .toArray(Tensor[]::new);
      return torch.stack(new TensorVector(pairs));
    }

    private static Tensor of(Tensor first, Tensor second, boolean normalized) {
      return normalized ? Hsic.cka(first.detach(), second.detach()) : Hsic.of(first, second);
    }
  }
}
