package dev.discern.config;

/**
 * The network.
 *
 * @param name its catalogue name, such as {@code resnet20}
 */
public record ModelConfig(String name) {}
