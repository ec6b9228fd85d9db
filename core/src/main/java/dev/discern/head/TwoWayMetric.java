package dev.discern.head;

import dev.discern.config.Check;
import dev.discern.config.Task;
import dev.discern.loss.MultiLabelCrossEntropy;
import dev.discern.loss.Targets;
import dev.discern.torch.ParameterStore;
import java.util.Map;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Reconstruction-regularized two-way deep metric learning, for several labels per image: an image
 * network f and a label network g embed into one space, where an image is nearer to its own labels
 * than to similar label sets, and its labels are nearer to it than to images with those label sets.
 *
 * <p>Source: Li, Liu, Duan, Gao, Zheng, arXiv 2007.13547 (IEEE TNNLS 31(7), 2020). Reconstruction:
 * the two views and the label decoder r come from the paper; the equation is ours. With {@code d(a,
 * b) = ‖a − b‖²} the loss of a sample is
 *
 * <pre>Σ_{j∈N(i)} [Δ_ij + d(f(x_i), g(y_i)) − d(f(x_i), g(y_j))]₊
 *          + [Δ_ij + d(f(x_i), g(y_i)) − d(f(x_j), g(y_i))]₊ + λ·BCE(r(g(y_i)), y_i)</pre>
 *
 * <p>N(i) contains the label sets of the batch that are nearest to y_i by Hamming distance, without
 * equal label sets; ties are broken by position in the batch. Δ_ij is their Hamming distance
 * divided by K, times the margin. The prediction is {@code σ(r(f(x)))}.
 *
 * <p>Here f is a linear layer on the pooled features, g has one hidden layer, r is linear, and the
 * space has as many dimensions as there are features F. Embeddings have length 1: the views only
 * order distances, and with free lengths training diverged, or images were so far from their labels
 * that r, which is trained on labels, was useless for them (docs/methods.md). The binary
 * cross-entropy is summed over the labels, and class weights multiply its decisions; the distances
 * are unweighted.
 *
 * @param margin the factor of Δ, above 0
 * @param neighbours the maximum size of N(i), 1 to 1024
 * @param reconstruction λ, above 0: with 0 nothing would train r
 */
public record TwoWayMetric(double margin, double neighbours, double reconstruction)
    implements HeadFactory {
  /**
   * Checks the parameters.
   *
   * @throws dev.discern.config.InvalidConfig if one is outside its range
   */
  public TwoWayMetric {
    Check.positive("two-way-metric", "margin", margin);
    Check.whole("two-way-metric", "neighbours", neighbours, 1024);
    Check.positive("two-way-metric", "reconstruction", reconstruction);
  }

  @Override
  public Task task() {
    return Task.MANY_LABELS;
  }

  @Override
  public Head build(ParameterStore store, HeadShape shape) {
    int space = shape.featureCount();
    return new TwoWay(
        Linear.of(store.under("image"), space, space),
        Linear.of(store.under("labels.hidden"), shape.classCount(), space),
        Linear.of(store.under("labels.out"), space, space),
        Linear.of(store.under("decoder"), space, shape.classCount()),
        this);
  }

  private record TwoWay(
      Linear image, Linear hidden, Linear out, Linear decoder, TwoWayMetric parameters)
      implements Head {
    @Override
    public <T> T logits(Operations<T> operations, T features) {
      return decoder.on(operations, embedded(operations, features));
    }

    private <T> T embedded(Operations<T> operations, T features) {
      return operations.unit(image.on(operations, features));
    }

    @Override
    public HeadLoss loss(Features features, Targets targets) {
      Targets.MultiHot sets = Targets.requireMultiHot(targets, "two-way-metric");
      Tensor labels = sets.carried().to(ScalarType.Float);
      Tensor ofImages = embedded(EngineOperations.ENGINE, features.pooled());
      Tensor ofLabels = Angles.unit(out.of(hidden.of(labels).relu()));
      Tensor recovered = new MultiLabelCrossEntropy().perSample(decoder.of(ofLabels), sets);
      Tensor own = ofImages.sub(ofLabels).square().sum(1).unsqueeze(1);
      Neighbors near = Neighbors.of(labels, parameters.neighbours());
      Tensor least = near.distances().mul(new Scalar(parameters.margin())).add(own);
      // Mode 2 computes differences; the expanded square loses small distances to cancellation.
      Tensor apart = torch.cdist(ofImages, ofLabels, 2, new LongOptional(2)).square();
      Tensor ofImage = near.sum(least.sub(apart.gather(1, near.places())).relu());
      Tensor ofLabel = near.sum(least.sub(apart.t().gather(1, near.places())).relu());
      return new HeadLoss(
          decoder.of(ofImages),
          ofImage.add(ofLabel).add(recovered.mul(new Scalar(parameters.reconstruction()))),
          Map.of(),
          Map.of(
              "imageView", ofImage.mean().detach(),
              "labelView", ofLabel.mean().detach(),
              "reconstruction", recovered.mean().detach()));
    }
  }

  /**
   * The nearest other label sets of each sample in its batch.
   *
   * @param places {@code [N, k]}, int64: indices of samples in the batch
   * @param distances {@code [N, k]}: Hamming distances divided by K
   * @param valid {@code [N, k]}: 0 where a sample has fewer than k
   */
  private record Neighbors(Tensor places, Tensor distances, Tensor valid) {
    static Neighbors of(Tensor labels, double most) {
      long n = labels.size(0);
      Tensor absent = torch.rsub(labels, new Scalar(1.0));
      Tensor hamming = labels.mm(absent.t()).add(absent.mm(labels.t()));
      // Sorts by distance, then by position. The keys are integers, which float64 holds exactly.
      Tensor place = torch.ones_like(hamming).cumsum(1).to(ScalarType.Double);
      Tensor key = hamming.to(ScalarType.Double).mul(new Scalar((double) n)).add(place);
      Tensor equal = hamming.lt(new Scalar(0.5));
      Tensor ranked = key.masked_fill(equal, new Scalar(Double.POSITIVE_INFINITY));
      var nearest = torch.topk(ranked, Math.min((long) most, n), 1, false, true);
      Tensor places = nearest.get1();
      return new Neighbors(
          places,
          hamming.gather(1, places).div(new Scalar((double) labels.size(1))),
          nearest.get0().isfinite().to(ScalarType.Float));
    }

    Tensor sum(Tensor values) {
      return values.mul(valid).sum(1);
    }
  }
}
