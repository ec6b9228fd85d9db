package dev.discern.model;

/**
 * Rates of stochastic depth that grow linearly from 0 to the given rate, block by block (Huang et
 * al., 2016, 3). Counts the blocks as they are built.
 */
final class DropRates {
  private final double rate;
  private final int blocks;
  private int next;

  DropRates(double rate, int blocks) {
    this.rate = rate;
    this.blocks = blocks;
  }

  /** The rate of the next block. */
  double next() {
    int block = next++;
    return blocks == 1 ? rate : rate * block / (blocks - 1);
  }
}
