package dev.discern.layer;

/**
 * Interleaves groups of channels (Zhang et al., "ShuffleNet", 2018): the first of each group, then
 * the second of each.
 *
 * @param groups the number of groups
 */
public record ChannelShuffle(int groups) implements Layer {
  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    return interpreter.shuffle(this, input);
  }
}
