package dev.discern.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How deep the tensors of an architecture lie: the blocks of the trunk, counted from the image. The
 * neck lies behind the last block, as the head does.
 */
public final class Depths {
  private final List<String> blocks = new ArrayList<>();
  private final Map<String, Integer> byTensor = new LinkedHashMap<>();

  /**
   * Counts the blocks of an architecture.
   *
   * @param architecture its layers
   */
  public Depths(Architecture architecture) {
    count(architecture.trunk());
  }

  // A block within a block is a part of it.
  private void count(Layer layer) {
    if (layer instanceof Block block) {
      blocks.add(block.name());
      mark(block.body(), blocks.size() - 1);
    } else {
      layer.children().forEach(this::count);
    }
  }

  private void mark(Layer layer, int depth) {
    layer.tensors().forEach(tensor -> byTensor.put(tensor.name(), depth));
    layer.children().forEach(child -> mark(child, depth));
  }

  /**
   * The names of the blocks.
   *
   * @return from the image to the neck
   */
  public List<String> blocks() {
    return Collections.unmodifiableList(blocks);
  }

  /**
   * The depth of a tensor.
   *
   * @param tensor its name
   * @return the number of the block that owns it, from 0; for tensors of the neck or the head, the
   *     number of blocks
   */
  public int of(String tensor) {
    return byTensor.getOrDefault(tensor, blocks.size());
  }

  /**
   * The steps from a tensor to the head.
   *
   * @param tensor its name
   * @return 0 for the neck and the head, 1 for the last block, and so on
   */
  public int below(String tensor) {
    return blocks.size() - of(tensor);
  }
}
