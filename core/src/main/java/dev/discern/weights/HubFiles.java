package dev.discern.weights;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A model of the hub on this machine.
 *
 * @param commit the repository's state, 40 hexadecimal digits
 * @param config the description of the model
 * @param weights {@code model.safetensors} or {@code pytorch_model.bin}
 * @param note a sentence for the user where the hub was not asked or did not answer
 */
public record HubFiles(String commit, TimmConfig config, Path weights, Optional<String> note) {
  HubFiles with(String sentence) {
    return new HubFiles(commit, config, weights, Optional.of(sentence));
  }
}
