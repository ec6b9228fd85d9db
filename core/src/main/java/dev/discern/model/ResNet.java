package dev.discern.model;

import dev.discern.torch.ParameterStore;
import dev.discern.torch.Precision;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Residual networks for small images (He et al., 2016): a 3×3 stem of stride 1 without pooling,
 * then stages of {@link BasicBlock}s. Each stage after the first halves height and width. Any input
 * size works.
 */
final class ResNet implements Backbone {
  private final Conv2d stem;
  private final BatchNorm2d stemNorm;
  private final List<BasicBlock> blocks = new ArrayList<>();
  private final int stemWidth;
  private final int featureCount;

  /**
   * Builds the network.
   *
   * @param store receives the parameters, named as in torchvision
   * @param channels the number of channels of the images
   * @param blocksPerStage the number of blocks of each stage
   * @param widths the number of channels of each stage; the stem has that of the first stage
   * @param shortcut the shortcut of the blocks that change size or width
   */
  ResNet(
      ParameterStore store, int channels, int[] blocksPerStage, int[] widths, Shortcut shortcut) {
    stemWidth = widths[0];
    stem = new Conv2d(store.under("conv1"), channels, widths[0], 3, 1);
    stemNorm = new BatchNorm2d(store.under("bn1"), widths[0]);
    int in = widths[0];
    for (int stage = 0; stage < widths.length; stage++) {
      for (int block = 0; block < blocksPerStage[stage]; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        ParameterStore part = store.under("layer" + (stage + 1) + "." + block);
        blocks.add(new BasicBlock(part, in, widths[stage], stride, shortcut));
        in = widths[stage];
      }
    }
    featureCount = in;
  }

  @Override
  public Tensor forward(Tensor images, boolean training) {
    // With one channel, both memory layouts have the same bytes and the engine picks the slower
    // one. Setting channels-last here makes the layers after the stem keep it.
    Tensor stemmed = Precision.channelsLast(stem.forward(images));
    Tensor x = torch.relu(stemNorm.forward(stemmed, training));
    for (BasicBlock block : blocks) {
      x = block.forward(x, training);
    }
    return x;
  }

  // The backward pass needs the output of each convolution and each ReLU.
  @Override
  public long activations(int height, int width) {
    long values = 2L * stemWidth * height * width;
    int rows = height;
    int columns = width;
    for (BasicBlock block : blocks) {
      rows = block.reduced(rows);
      columns = block.reduced(columns);
      values += block.activations() * rows * columns;
    }
    return values;
  }

  @Override
  public int featureCount() {
    return featureCount;
  }
}
