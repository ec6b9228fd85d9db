package dev.discern.pretrained;

import dev.discern.card.Preprocessing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Weights that someone trained, before their numbers are read.
 *
 * @param source as the user named them
 * @param file a safetensors file, or one that {@code torch.save} wrote
 * @param architecture the spec of their network, if their source says so
 * @param preprocessing how images became inputs when they were trained, if their source says so
 * @param classNames in the order of the classifier's outputs; empty if their source does not say
 * @param method the method whose head they have, if they are Discern's
 * @param notes sentences for the user
 */
public record Pretrained(
    String source,
    Path file,
    Optional<String> architecture,
    Optional<Preprocessing> preprocessing,
    List<String> classNames,
    Optional<String> method,
    List<String> notes) {
  /** Keeps unmodifiable copies. */
  public Pretrained {
    classNames = List.copyOf(classNames);
    notes = List.copyOf(notes);
  }
}
