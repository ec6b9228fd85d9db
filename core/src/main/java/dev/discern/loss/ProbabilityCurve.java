package dev.discern.loss;

import java.util.function.DoubleUnaryOperator;

/**
 * The loss of one sample as a function of {@code ln p_y} alone. For such a loss {@code ∂L/∂z =
 * w(p_y)·(p − onehot(y))}: cross-entropy's gradient with the same direction, its length multiplied
 * by the gain {@code w(p) = −p · dL/dp}. Plain float64 numbers; no engine is needed.
 *
 * <p>The argument is {@code ln p_y}, not {@code p_y}, so that {@code 1 − p_y = −expm1(ln p_y)}
 * keeps its precision where the classifier is confident.
 *
 * @param value maps {@code ln p_y}, at most 0, to the loss in nats
 * @param gain maps {@code ln p_y}, at most 0, to w; infinite where the slope of the loss is
 */
public record ProbabilityCurve(DoubleUnaryOperator value, DoubleUnaryOperator gain) {}
