package dev.discern.optim;

import org.bytedeco.pytorch.Tensor;

/**
 * A parameter with its optimizer settings.
 *
 * @param name the name in the network
 * @param tensor the parameter
 * @param rate the learning rate, as a multiple of the rate of the step
 * @param decay the weight decay
 */
record Trained(String name, Tensor tensor, double rate, double decay) {}
