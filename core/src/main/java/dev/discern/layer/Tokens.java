package dev.discern.layer;

import dev.discern.layer.TensorSpec.Role;
import java.util.List;

/**
 * Turns a map into one token per pixel, row by row, after a class token, and adds a learned
 * embedding of each position (Dosovitskiy et al., 2021): {@code cls_token [1, 1, width]} and {@code
 * pos_embed [1, 1 + side², width]}. For a map of other sides, the embeddings of the positions are
 * resampled.
 *
 * @param width the channels of the map and of the tokens
 * @param side the height and width of the map for which the embeddings are made
 */
public record Tokens(int width, int side) implements Layer {
  /** The name of the class token. */
  public static final String CLASS_TOKEN = "cls_token";

  /** The name of the embeddings. */
  public static final String POSITIONS = "pos_embed";

  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    return interpreter.tokens(this, input);
  }

  @Override
  public List<TensorSpec> tensors() {
    return List.of(
        TensorSpec.of(CLASS_TOKEN, Role.EMBEDDING, 1, 1, width),
        TensorSpec.of(POSITIONS, Role.EMBEDDING, 1, 1L + (long) side * side, width));
  }
}
