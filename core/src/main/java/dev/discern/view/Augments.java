package dev.discern.view;

import static dev.discern.config.MethodSpec.value;

import dev.discern.config.Catalogue;
import dev.discern.config.Check;
import dev.discern.config.MethodSpec;
import dev.discern.config.MethodSpec.Known;
import dev.discern.config.MethodSpec.Parameter;
import java.util.List;
import java.util.Map;

/** The augmentations of training images, each with its description for users. */
public final class Augments {
  private static final String SHARE = "a number in (0, 1]";
  private static final String NON_NEGATIVE = "a finite number of at least 0";
  private static final String POSITIVE = "a finite number above 0";

  /** Every augmentation, in display order. */
  public static final Catalogue<Step> CATALOGUE =
      Catalogue.of(
          "Augmentation",
          List.of(
              resizedCrop(),
              crop(),
              flip(),
              colorJitter(),
              trivialAugmentWide(),
              randAugment(),
              erase()));

  private Augments() {}

  private static MethodSpec<Step> resizedCrop() {
    return new MethodSpec<>(
        "resized-crop",
        "Random resized crop: a random part of the image, scaled to size, in place of its center.",
        "For photographs, as the first augmentation. Raise minScale to 0.35 or more where the"
            + " subject is small, training is short, or a pretrained network is fine-tuned.",
        "Szegedy et al., arXiv 1409.4842 (2014), section 6",
        "area ~ U(minScale, maxScale)·H·W, ln(width/height) ~ U(ln minAspect, ln maxAspect)",
        Known.EXACT,
        List.of(
            new Parameter("minScale", "minScale", 0.08, 0.08, SHARE + ", at most maxScale"),
            new Parameter("maxScale", "maxScale", 1, 1.0, SHARE),
            new Parameter("minAspect", "minAspect", 3.0 / 4, 3.0 / 4, POSITIVE),
            new Parameter("maxAspect", "maxAspect", 4.0 / 3, 4.0 / 3, POSITIVE)),
        values ->
            new RandomResizedCrop(
                value(values, "minScale"),
                value(values, "maxScale"),
                value(values, "minAspect"),
                value(values, "maxAspect")));
  }

  private static MethodSpec<Step> crop() {
    return new MethodSpec<>(
        "crop",
        "Random crop: moves the image by a few pixels each way; what moves in is black.",
        "For small images of fixed size, such as CIFAR's. For photographs, use resized-crop.",
        "He, Zhang, Ren, Sun, arXiv 1512.03385 (2015), section 4.2",
        "x(i, j) ← x(i + u, j + v), u, v ~ U{−padding, …, padding}",
        Known.EXACT,
        List.of(
            new Parameter(
                "padding",
                "padding",
                4,
                4.0,
                "a whole number of at least 1, less than the images' shorter side")),
        values -> new RandomCrop(whole(values, "crop", "padding")));
  }

  private static MethodSpec<Step> flip() {
    return new MethodSpec<>(
        "flip",
        "Horizontal flip: mirrors half of the images left to right.",
        "For natural images. Leave it out where left and right differ in meaning, as in writing.",
        "Krizhevsky, Sutskever, Hinton, NeurIPS (2012), section 4.1",
        "x(i, j) ← x(i, W − 1 − j) with probability 1/2",
        Known.EXACT,
        List.of(),
        values -> new HorizontalFlip());
  }

  private static MethodSpec<Step> colorJitter() {
    return new MethodSpec<>(
        "color-jitter",
        "Color jitter: random brightness, contrast, saturation and hue, in random order.",
        "For images of varying light and cameras. Leave hue at 0 if color distinguishes the"
            + " classes; it is also the slowest of the four.",
        "Howard, arXiv 1312.5402 (2013), section 2; ranges as torchvision's ColorJitter",
        "x ← d + f·(x − d), f ~ U(max(0, 1 − s), 1 + s); d black, the mean gray or each pixel's"
            + " gray; hue + U(−hue, hue)",
        Known.EXACT,
        List.of(
            new Parameter("brightness", "brightness", 0.4, null, NON_NEGATIVE),
            new Parameter("contrast", "contrast", 0.4, null, NON_NEGATIVE),
            new Parameter("saturation", "saturation", 0.4, null, NON_NEGATIVE),
            new Parameter("hue", "hue", 0, null, "a number in [0, 0.5]")),
        values ->
            new ColorJitter(
                value(values, "brightness"),
                value(values, "contrast"),
                value(values, "saturation"),
                value(values, "hue")));
  }

  private static MethodSpec<Step> trivialAugmentWide() {
    return new MethodSpec<>(
        "trivial-augment-wide",
        "TrivialAugment: one operation of fourteen on every image, at a random strength.",
        "A strong default without parameters, for longer training of larger networks.",
        "Müller, Hutter, arXiv 2103.10158 (2021)",
        "x ← o(x, m), o ~ U(14 operations), m ~ U{0, …, 30}",
        Known.EXACT,
        List.of(),
        values -> new TrivialAugmentWide());
  }

  private static MethodSpec<Step> randAugment() {
    return new MethodSpec<>(
        "rand-augment",
        "RandAugment: n operations of fourteen on every image, all of strength m.",
        "Use it to choose the strength: lower m for small networks and short training.",
        "Cubuk, Zoph, Shlens, Le, arXiv 1909.13719 (2019)",
        "x ← o_n(…o_1(x, m)…, m), o_i ~ U(14 operations)",
        Known.EXACT,
        List.of(
            new Parameter("n", "N", 2, 2.0, "a whole number from 1 to 14"),
            new Parameter("m", "M", 9, 9.0, "a whole number from 0 to 30")),
        values ->
            new RandAugment(
                whole(values, "rand-augment", "n"), whole(values, "rand-augment", "m")));
  }

  private static MethodSpec<Step> erase() {
    return new MethodSpec<>(
        "erase",
        "Random erasing: covers a random rectangle with the mean color.",
        "Against reliance on one part of the object; as the last augmentation.",
        "Zhong, Zheng, Kang, Li, Yang, arXiv 1708.04896 (2017)",
        "with probability p: area ~ U(minScale, maxScale)·H·W, aspect in [0.3, 3.3]",
        Known.EXACT,
        List.of(
            new Parameter("p", "p", 0.25, 0.5, "a number in [0, 1]"),
            new Parameter("minScale", "s_l", 0.02, 0.02, SHARE + ", at most maxScale"),
            new Parameter("maxScale", "s_h", 0.33, 0.4, SHARE)),
        values ->
            new RandomErasing(
                value(values, "p"), value(values, "minScale"), value(values, "maxScale")));
  }

  private static int whole(Map<String, Double> values, String method, String parameter) {
    double value = value(values, parameter);
    Check.that(
        value == (int) value,
        "Parameter " + parameter + " of " + method,
        value,
        "must be a whole number");
    return (int) value;
  }
}
