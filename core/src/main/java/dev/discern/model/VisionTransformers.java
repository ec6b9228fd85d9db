package dev.discern.model;

import dev.discern.layer.Activation;
import dev.discern.layer.Architecture;
import dev.discern.layer.Architecture.Initialization;
import dev.discern.layer.Attention;
import dev.discern.layer.Block;
import dev.discern.layer.ClassToken;
import dev.discern.layer.Conv;
import dev.discern.layer.Dense;
import dev.discern.layer.Layer;
import dev.discern.layer.LayerNorm;
import dev.discern.layer.Padding;
import dev.discern.layer.Residual;
import dev.discern.layer.Sequence;
import dev.discern.layer.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Vision transformers (Dosovitskiy et al., 2021), with timm's names. */
final class VisionTransformers {
  private static final int SIDE = 224;
  private static final int PATCH = 16;
  private static final int DEPTH = 12;

  private VisionTransformers() {}

  static Architecture build(int channels, int width, int heads, double drop, double dropPath) {
    List<Layer> trunk = new ArrayList<>();
    Conv patches = Conv.of("patch_embed.proj", channels, width, PATCH).stride(PATCH);
    trunk.add(
        Block.of(
            "patch_embed",
            patches.padding(Padding.of(0)).biased(),
            new Tokens(width, SIDE / PATCH)));
    DropRates rates = new DropRates(dropPath, DEPTH);
    for (int index = 0; index < DEPTH; index++) {
      trunk.add(block("blocks." + index, width, heads, rates.next()));
    }
    trunk.add(Block.of("norm", new LayerNorm("norm", width)));
    return new Architecture(
        channels,
        SIDE,
        PATCH,
        new Sequence(trunk),
        Parts.neck(drop, new ClassToken()),
        "head",
        Initialization.NORMAL);
  }

  private static Layer block(String name, int width, int heads, double dropPath) {
    Layer attention =
        Sequence.of(
            new LayerNorm(name + ".norm1", width), new Attention(name + ".attn", width, heads));
    Layer perceptron =
        Sequence.of(
            new LayerNorm(name + ".norm2", width),
            new Dense(name + ".mlp.fc1", width, 4 * width),
            Activation.GELU,
            new Dense(name + ".mlp.fc2", 4 * width, width));
    return Block.of(
        name,
        new Residual(Parts.withDropPath(attention, name + ".attn", dropPath)),
        new Residual(Parts.withDropPath(perceptron, name + ".mlp", dropPath)));
  }
}
