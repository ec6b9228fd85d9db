package dev.discern.image;

/** The filter for scaling an image. Both filters antialias when they shrink. */
public enum Interpolation {
  /** A triangle filter, Pillow's {@code BILINEAR}. */
  BILINEAR,
  /** A cubic filter with a = −0.5, Pillow's {@code BICUBIC}. */
  BICUBIC
}
