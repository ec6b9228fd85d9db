package dev.discern.head;

import static dev.discern.config.MethodSpec.value;

import dev.discern.config.Catalogue;
import dev.discern.config.MethodSpec;
import dev.discern.config.MethodSpec.Known;
import dev.discern.config.MethodSpec.Parameter;
import dev.discern.config.Spec;
import dev.discern.config.Task;
import dev.discern.loss.Loss;
import dev.discern.loss.Losses;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every training method: the losses on logits, and the methods that use more than logits. */
public final class Methods {
  private static final String NON_NEGATIVE = "a finite number of at least 0";
  private static final String POSITIVE = "a finite number above 0";
  private static final String TIMES = "a whole number of 1 to 8";

  /** Every method, in display order. */
  public static final Catalogue<HeadFactory> CATALOGUE =
      Catalogue.of(
          "Loss",
          Stream.concat(
                  Losses.CATALOGUE.all().stream().map(Methods::onLogits),
                  Stream.of(
                      ensembleSoftMargin(),
                      channelCorrelation(),
                      seesaw(),
                      largeMarginSoftmax(),
                      sphereFace(),
                      cosFace(),
                      arcFace(),
                      center(),
                      gaussianMixture(),
                      twoWayMetric()))
              .toList());

  private Methods() {}

  /**
   * Creates a method, as far as its name alone allows.
   *
   * @param method the method with its parameters, such as {@code crl(alpha=1.5,beta=1)}
   * @return the method; for a user's own loss, a stand-in that has its head and measures
   *     cross-entropy
   * @throws dev.discern.config.InvalidConfig if the method or one of its parameters is unknown, or
   *     a value breaks its rule
   */
  public static HeadFactory create(String method) {
    return OwnLosses.NONE.create(method);
  }

  /**
   * The canonical spelling of a method: {@code crl} becomes {@code crl(alpha=1.5,beta=1)}.
   *
   * @param method the method with some of its parameters
   * @return the method with all of its parameters; a user's own loss keeps those that it has
   * @throws dev.discern.config.InvalidConfig if the method or one of its parameters is unknown, or
   *     a value breaks its rule
   */
  public static String canonical(String method) {
    Spec spec = Spec.parse(method);
    return OwnLosses.isOne(method) ? spec.toString() : CATALOGUE.canonical(spec).toString();
  }

  /**
   * The spelling of a loss object of the catalogue.
   *
   * @param loss any loss
   * @return such as {@code crl(alpha=1.5,beta=1)}; empty if the catalogue makes no equal loss
   */
  public static Optional<String> spellingOf(Loss loss) {
    boolean known =
        !loss.name().isEmpty()
            && CATALOGUE.has(Spec.parse(loss.name()).name())
            && create(loss.name()).equals(new LossHead(loss));
    return known ? Optional.of(canonical(loss.name())) : Optional.empty();
  }

  /**
   * The task of a method.
   *
   * @param method the method with its parameters, such as {@code crl(alpha=1.5,beta=1)}
   * @return how many labels an image has
   * @throws dev.discern.config.InvalidConfig if the method or one of its parameters is unknown
   */
  public static Task taskOf(String method) {
    return create(method).task();
  }

  /**
   * The methods for a task.
   *
   * @param task how many labels an image has
   * @return their names, in display order
   */
  public static List<String> namesFor(Task task) {
    return CATALOGUE.all().stream()
        .filter(spec -> spec.create(Map.of()).task() == task)
        .map(MethodSpec::name)
        .toList();
  }

  private static MethodSpec<HeadFactory> onLogits(MethodSpec<Loss> spec) {
    return new MethodSpec<>(
        spec.name(),
        spec.summary(),
        spec.use(),
        spec.paper(),
        spec.formula(),
        spec.known(),
        spec.parameters(),
        values -> new LossHead(spec.factory().apply(values)));
  }

  private static MethodSpec<HeadFactory> ensembleSoftMargin() {
    return new MethodSpec<>(
        "em-softmax",
        "Ensemble soft-margin softmax: several diverse margin classifiers on the same features.",
        "For a cheap ensemble: one network, V classifiers. Watch cka in the report: hsic also falls"
            + " when the weights merely shrink.",
        "Wang, Zhang, Lei, Liu, Guo, Li, arXiv 1805.03922 (IJCAI 2018)",
        "Σ_v −ln softmax(z^v − m·onehot(y))_y + λ·Σ_{v<u} HSIC(W^v, W^u)",
        Known.RECONSTRUCTION,
        List.of(
            new Parameter("margin", "m", 1, null, NON_NEGATIVE),
            new Parameter("ensemble", "V", 3, null, "a whole number of 1 to 32"),
            new Parameter("diversity", "λ", 0.1, null, NON_NEGATIVE)),
        values ->
            new EnsembleSoftMargin(
                value(values, "margin"), value(values, "ensemble"), value(values, "diversity")));
  }

  private static MethodSpec<HeadFactory> channelCorrelation() {
    return new MethodSpec<>(
        "cc-loss",
        "Channel correlation loss: samples of one class attend to the same channels.",
        "For fine-grained classes that differ in few channels. It compares pairs within a batch, so"
            + " it uses class-balanced batches unless configured otherwise.",
        "Song, Chang, Ma, Li, Tan, arXiv 2010.05469 (ICPR 2020)",
        "−ln p_y + λ·(mean_{same} D_ij + max(0, margin − mean_{different} D_ij)), D_ij = ‖a_i − a_j‖",
        Known.RECONSTRUCTION,
        List.of(
            new Parameter("weight", "λ", 0.1, null, NON_NEGATIVE),
            new Parameter("margin", "margin", 1, null, POSITIVE),
            new Parameter("reduction", "r", 4, null, "a whole number of 1 to 1024")),
        values ->
            new ChannelCorrelation(
                value(values, "weight"), value(values, "margin"), value(values, "reduction")));
  }

  private static MethodSpec<HeadFactory> seesaw() {
    return new MethodSpec<>(
        "seesaw",
        "Seesaw: frequent classes penalize rare ones less, unless the rare one is wrongly likely.",
        "For long-tailed data. With classes of equal size only the compensation has an effect. N"
            + " are the training images per class; the paper counts them during training.",
        "Wang et al., arXiv 2008.10032 (CVPR 2021)",
        "−ln softmax(z_j + ln(M_yj·C_yj))_y, M = min(1, N_j/N_y)^p, C = max(1, p_j/p_y)^q",
        Known.EXACT,
        List.of(
            new Parameter("p", "p", 0.8, 0.8, NON_NEGATIVE),
            new Parameter("q", "q", 2, 2.0, NON_NEGATIVE)),
        values -> new SeesawHead(value(values, "p"), value(values, "q")));
  }

  private static MethodSpec<HeadFactory> largeMarginSoftmax() {
    return new MethodSpec<>(
        "l-softmax",
        "Large-margin softmax: the angle to the true class's weight counts m times.",
        "For features in narrow cones. Hard to train with a small mix; start from the default."
            + " λ·cos θ_y is mixed into ψ; λ is constant, while the paper lowers it.",
        "Liu, Wen, Yu, Yang, arXiv 1612.02295 (ICML 2016)",
        "−ln softmax(‖W_y‖‖x‖·ψ(θ_y), ‖W_j‖‖x‖·cos θ_j)_y, ψ = (−1)^k·cos(mθ) − 2k",
        Known.EXACT,
        List.of(
            new Parameter("margin", "m", 4, 4.0, TIMES),
            new Parameter("mix", "λ", 20, null, NON_NEGATIVE)),
        values -> new LargeMarginSoftmax(value(values, "margin"), value(values, "mix")));
  }

  private static MethodSpec<HeadFactory> sphereFace() {
    return new MethodSpec<>(
        "sphereface",
        "SphereFace: large-margin softmax with class weights of length 1.",
        "Like l-softmax, for classes of different size: no class wins through a longer weight. λ is"
            + " constant, while the paper lowers it to 5.",
        "Liu, Wen, Yu, Li, Raj, Song, arXiv 1704.08063 (CVPR 2017)",
        "−ln softmax(‖x‖·ψ(θ_y), ‖x‖·cos θ_j)_y, ψ = (−1)^k·cos(mθ) − 2k",
        Known.EXACT,
        List.of(
            new Parameter("margin", "m", 4, 4.0, TIMES),
            new Parameter("mix", "λ", 20, 5.0, NON_NEGATIVE)),
        values -> new SphereFace(value(values, "margin"), value(values, "mix")));
  }

  private static MethodSpec<HeadFactory> cosFace() {
    return new MethodSpec<>(
        "cosface",
        "CosFace (AM-Softmax): the true class must win by a margin in the cosine.",
        "For features that are compared by angle. The scale of 64 in the papers suits tens of"
            + " thousands of classes; for few classes use 16 to 30.",
        "Wang et al., arXiv 1801.09414 (CVPR 2018); Wang, Cheng, Liu, Liu, arXiv 1801.05599 (2018)",
        "−ln softmax(s·(cos θ_y − m), s·cos θ_j)_y",
        Known.EXACT,
        List.of(
            new Parameter("scale", "s", 30, 64.0, POSITIVE),
            new Parameter("margin", "m", 0.35, 0.35, "a number in [0, 2)")),
        values -> new CosFace(value(values, "scale"), value(values, "margin")));
  }

  private static MethodSpec<HeadFactory> arcFace() {
    return new MethodSpec<>(
        "arcface",
        "ArcFace: the true class must win by a margin in the angle.",
        "Like cosface, but the margin is the same at every angle. The margin of 0.5 in the paper is"
            + " for long training on faces and stalls in few epochs. If training still stalls,"
            + " lower the margin.",
        "Deng, Guo, Xue, Zafeiriou, arXiv 1801.07698 (CVPR 2019)",
        "−ln softmax(s·cos(θ_y + m), s·cos θ_j)_y; beyond θ_y = π − m: s·(cos θ_y − m·sin m)",
        Known.EXACT,
        List.of(
            new Parameter("scale", "s", 30, 64.0, POSITIVE),
            new Parameter("margin", "m", 0.2, 0.5, "an angle between 0 and π/2")),
        values -> new ArcFace(value(values, "scale"), value(values, "margin")));
  }

  private static MethodSpec<HeadFactory> center() {
    return new MethodSpec<>(
        "center",
        "Center loss: cross-entropy that pulls features toward a center of their class.",
        "For compact features, as in retrieval. The centers are trained at rate times the network's"
            + " learning rate (the paper uses a separate update rule); 100 suits sgd, whose steps"
            + " shrink with λ; with adamw use 1.",
        "Wen, Zhang, Li, Qiao, ECCV (2016)",
        "−ln p_y + (λ/2)·‖x − c_y‖²",
        Known.EXACT,
        List.of(
            new Parameter("weight", "λ", 0.003, 0.003, NON_NEGATIVE),
            new Parameter("rate", "rate", 100, null, NON_NEGATIVE)),
        values -> new CenterLoss(value(values, "weight"), value(values, "rate")));
  }

  private static MethodSpec<HeadFactory> gaussianMixture() {
    return new MethodSpec<>(
        "lgm",
        "Large-margin Gaussian mixture: each class is a Gaussian over the features.",
        "For features that should cluster around the mean of their class. The likelihood term is"
            + " the distance only, because the term in the paper falls without bound when variances"
            + " are learned. Means and variances are trained at rate times the network's learning"
            + " rate.",
        "Wan, Zhong, Li, Chen, arXiv 1803.02988 (CVPR 2018)",
        "−ln softmax(−d_k·(1 + α·1[k=y]) − ½·ln|Σ_k|)_y + λ·d_y, d_k = ½·(x−μ_k)ᵀΣ_k⁻¹(x−μ_k)",
        Known.RECONSTRUCTION,
        List.of(
            new Parameter("margin", "α", 0.1, null, NON_NEGATIVE),
            new Parameter("weight", "λ", 0.1, 0.1, NON_NEGATIVE),
            new Parameter("rate", "rate", 1, null, NON_NEGATIVE)),
        values ->
            new GaussianMixture(
                value(values, "margin"), value(values, "weight"), value(values, "rate")));
  }

  private static MethodSpec<HeadFactory> twoWayMetric() {
    return new MethodSpec<>(
        "two-way-metric",
        "Two-way metric: images and label sets share a space, each image nearest to its own"
            + " labels.",
        "For images with several labels, where the combination of labels matters. Compare it with"
            + " multilabel-bce; a batch in which all label sets are equal trains only the decoder.",
        "Li, Liu, Duan, Gao, Zheng, arXiv 2007.13547 (IEEE TNNLS 2020)",
        "Σ_{j∈N(i)} [Δ_ij + d(f(x_i), g(y_i)) − d(f(x_i), g(y_j))]₊ + [Δ_ij + d(f(x_i), g(y_i)) −"
            + " d(f(x_j), g(y_i))]₊ + λ·BCE(r(g(y_i)), y_i)",
        Known.RECONSTRUCTION,
        List.of(
            new Parameter("margin", "Δ's factor", 1, null, POSITIVE),
            new Parameter("neighbours", "k", 5, null, "a whole number of 1 to 1024"),
            new Parameter("reconstruction", "λ", 10, null, POSITIVE)),
        values ->
            new TwoWayMetric(
                value(values, "margin"),
                value(values, "neighbours"),
                value(values, "reconstruction")));
  }
}
