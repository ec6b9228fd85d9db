package dev.discern.loss;

import static dev.discern.config.MethodSpec.value;

import dev.discern.config.Catalogue;
import dev.discern.config.MethodSpec;
import dev.discern.config.MethodSpec.Known;
import dev.discern.config.MethodSpec.Parameter;
import java.util.List;

/** The losses on logits, each with its description for users. */
public final class Losses {
  private static final String NON_NEGATIVE = "a finite number of at least 0";
  private static final String SHARE = "a number in [0, 1)";

  /** Every loss, in display order. */
  public static final Catalogue<Loss> CATALOGUE =
      Catalogue.of(
          "Loss",
          List.of(
              crossEntropy(),
              negativeLogLikelihoodRatio(),
              competingRatio(),
              softMargin(),
              focal(),
              polyOne(),
              binaryCrossEntropy(),
              complementCrossEntropy(),
              logitNorm(),
              multiLabelCrossEntropy(),
              asymmetric()));

  private Losses() {}

  private static MethodSpec<Loss> crossEntropy() {
    return new MethodSpec<>(
        "ce",
        "Cross-entropy: the negative log-likelihood of the true class.",
        "The baseline. Well calibrated early in training; sees the wrong classes only through"
            + " their sum.",
        "Standard; Bishop, Pattern Recognition and Machine Learning (2006), section 4.3.4",
        "−ln p_y",
        Known.EXACT,
        List.of(),
        values -> new CrossEntropy());
  }

  private static MethodSpec<Loss> negativeLogLikelihoodRatio() {
    return new MethodSpec<>(
        "nllr",
        "Negative log-likelihood ratio: the true class against all others together; may diverge.",
        "For study rather than use: unbounded below, so weights grow without end. Try a small"
            + " optim.lr and optim.clipNorm 1.",
        "Zhu, Yao, Jiang, Yu, arXiv 1804.10690 (2018)",
        "−ln p_y + ln Σ_{i≠y} p_i",
        Known.EXACT,
        List.of(),
        values -> new NegativeLogLikelihoodRatio());
  }

  private static MethodSpec<Loss> competingRatio() {
    return new MethodSpec<>(
        "crl",
        "Competing Ratio Loss: cross-entropy that also penalizes the competing wrong classes.",
        "For classes that look alike. It lengthens cross-entropy's gradient, most of all for easy"
            + " samples, so compare it with its control ce@gain(crl) before crediting the loss.",
        "Zhang et al., arXiv 1907.13349 (2019); arXiv 1912.11642, Neurocomputing (2021)",
        "−ln p_y + β·ln(α + Σ_{i≠y} p_i)",
        Known.EXACT,
        List.of(
            new Parameter("alpha", "α", 1.5, 1.5, NON_NEGATIVE),
            new Parameter("beta", "β", 1, 1.0, NON_NEGATIVE)),
        values -> new CompetingRatioLoss(value(values, "alpha"), value(values, "beta")));
  }

  private static MethodSpec<Loss> softMargin() {
    return new MethodSpec<>(
        "soft-margin",
        "Soft-margin softmax: the true class must win by a margin.",
        "For classes that are separated but close: the margin keeps correctly classified samples"
            + " contributing to training.",
        "Liang, Wang, Lei, Liao, Li, ICONIP (2017), \"Soft-margin softmax for deep classification\"",
        "−ln softmax(z − m·onehot(y))_y",
        Known.EXACT,
        List.of(new Parameter("margin", "m", 1, null, NON_NEGATIVE)),
        values -> new SoftMargin(value(values, "margin")));
  }

  private static MethodSpec<Loss> focal() {
    return new MethodSpec<>(
        "focal",
        "Focal loss: cross-entropy that gives less weight to samples that are already correct.",
        "For many easy and few hard samples. It shortens the gradient of easy samples, which crl"
            + " lengthens; the predicted probabilities are less confident.",
        "Lin, Goyal, Girshick, He, Dollár, arXiv 1708.02002 (2017), equation 4, on softmax",
        "−(1 − p_y)^γ·ln p_y",
        Known.EXACT,
        List.of(new Parameter("gamma", "γ", 2, 2.0, NON_NEGATIVE)),
        values -> new FocalLoss(value(values, "gamma")));
  }

  private static MethodSpec<Loss> polyOne() {
    return new MethodSpec<>(
        "poly1",
        "Poly-1: cross-entropy with more weight on its first polynomial term.",
        "A cheap first alternative to ce; a negative ε weakens the term instead.",
        "Leng et al., arXiv 2204.12511 (2022), equation 4",
        "−ln p_y + ε·(1 − p_y)",
        Known.EXACT,
        List.of(new Parameter("epsilon", "ε", 1, 1.0, "a finite number of at least −1")),
        values -> new PolyOne(value(values, "epsilon")));
  }

  private static MethodSpec<Loss> binaryCrossEntropy() {
    return new MethodSpec<>(
        "bce",
        "Binary cross-entropy: each class against the rest, independently of the others.",
        "With strong augmentation and many epochs. Its mean over classes makes gradients K times"
            + " smaller, so it wants a larger optim.lr; probabilities shown are softmax of its logits.",
        "Wightman, Touvron, Jégou, arXiv 2110.00476 (2021); Beyer et al., arXiv 2006.07159 (2020)",
        "(1/K)·Σ_k [ln(1 + e^{z_k}) − t_k·z_k], t = (1 − ε)·onehot(y) + ε/K",
        Known.EXACT,
        List.of(new Parameter("smoothing", "ε", 0.1, 0.1, SHARE)),
        values -> new BinaryCrossEntropy(value(values, "smoothing")));
  }

  private static MethodSpec<Loss> complementCrossEntropy() {
    return new MethodSpec<>(
        "complement-ce",
        "Complement cross-entropy: spreads the remaining probability evenly over wrong classes.",
        "For imbalanced classes: no single rival keeps the remaining probability.",
        "Kim, Lee, Jeong, arXiv 2009.02189 (2020); Chen et al., arXiv 1903.01182 (2019)",
        "−ln p_y + γ/(K−1)·Σ_{j≠y} −q_j·ln q_j, q_j = p_j/(1 − p_y)",
        Known.EXACT,
        List.of(new Parameter("gamma", "γ", -1, -1.0, "a finite number")),
        values -> new ComplementCrossEntropy(value(values, "gamma")));
  }

  private static MethodSpec<Loss> logitNorm() {
    return new MethodSpec<>(
        "logit-norm",
        "LogitNorm: cross-entropy on logits of fixed length, so confidence cannot grow with it.",
        "Reduces overconfidence and helps to detect unknown images. Displayed probabilities are the"
            + " softmax of the raw logits.",
        "Wei et al., arXiv 2205.09310 (2022), equation 5",
        "−ln softmax(z / (T·(‖z‖₂ + 1e-7)))_y",
        Known.EXACT,
        List.of(new Parameter("temperature", "T", 0.04, 0.04, "a finite number above 0")),
        values -> new LogitNorm(value(values, "temperature")));
  }

  private static MethodSpec<Loss> multiLabelCrossEntropy() {
    return new MethodSpec<>(
        "multilabel-bce",
        "Binary cross-entropy for several labels per image: each label is a separate decision.",
        "The baseline where an image can have any number of labels. Each label has its own"
            + " probability; the probabilities do not sum to 1.",
        "Standard; Bishop, Pattern Recognition and Machine Learning (2006), section 4.3.2",
        "Σ_k [ln(1 + e^{z_k}) − t_k·z_k]",
        Known.EXACT,
        List.of(),
        values -> new MultiLabelCrossEntropy());
  }

  private static MethodSpec<Loss> asymmetric() {
    return new MethodSpec<>(
        "asymmetric",
        "Asymmetric loss: for several labels per image, of which most are absent and easy.",
        "For images that have few of many labels. Easy negatives count less, and those below the"
            + " clip are ignored; predicted probabilities are too high, so choose thresholds on the"
            + " validation images.",
        "Ridnik et al., arXiv 2009.14119 (ICCV 2021), equations 5 to 7",
        "Σ_k [−t_k·(1 − p_k)^γ₊·ln p_k − (1 − t_k)·q_k^γ₋·ln(1 − q_k)], q = max(p − m, 0), p = σ(z)",
        Known.EXACT,
        List.of(
            new Parameter("positive", "γ₊", 0, 0.0, NON_NEGATIVE),
            new Parameter("negative", "γ₋", 4, 4.0, "0 or a finite number of at least 1"),
            new Parameter("clip", "m", 0.05, 0.05, "0, or a number in [1e-6, 1)")),
        values ->
            new AsymmetricLoss(
                value(values, "positive"), value(values, "negative"), value(values, "clip")));
  }
}
