package dev.discern.model;

/** How a residual block's shortcut follows a change of size or width (He et al., 2016, 4.1). */
enum Shortcut {
  /** Option A: subsample, and pad the new channels with zeros. No parameters. */
  ZERO_PADDING,
  /** Option B: a 1×1 convolution and a normalisation. */
  PROJECTION
}
