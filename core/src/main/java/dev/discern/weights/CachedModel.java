package dev.discern.weights;

import java.nio.file.Path;

/**
 * A model in timm's layout in the cache of the hub.
 *
 * @param name its repository
 * @param architecture timm's name, without a tag
 * @param commit 40 hexadecimal digits
 * @param weights {@code model.safetensors} or {@code pytorch_model.bin}
 */
public record CachedModel(HubName name, String architecture, String commit, Path weights) {}
