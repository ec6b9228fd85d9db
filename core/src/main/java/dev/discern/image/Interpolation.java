package dev.discern.image;

/** How pixels are computed when an image is scaled. Both filter when they shrink (antialias). */
public enum Interpolation {
  /** A triangle filter, Pillow's {@code BILINEAR}. */
  BILINEAR,
  /** A cubic filter with a = −0.5, Pillow's {@code BICUBIC}. */
  BICUBIC
}
