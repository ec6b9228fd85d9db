package dev.discern.model;

/**
 * How the shortcut of a residual block handles a change of size or width (He et al., 2016, 4.1).
 */
enum Shortcut {
  /** Option A: subsample, and pad the new channels with zeros. No parameters. */
  ZERO_PADDING,
  /** Option B: a 1×1 convolution and batch normalization. */
  PROJECTION
}
