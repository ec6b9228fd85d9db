package dev.discern.loss;

import java.util.function.DoubleUnaryOperator;

/**
 * A loss of one sample as a function of {@code ln p_y} alone. For such a loss {@code ∂L/∂z =
 * w(p_y)·(p − onehot(y))}: cross-entropy's gradient, turned nowhere and stretched by the gain
 * {@code w(p) = −p · dL/dp}. Plain numbers in float64; no engine is needed.
 *
 * <p>The argument is {@code ln p_y}, not {@code p_y}, so that {@code 1 − p_y = −expm1(ln p_y)}
 * keeps its digits where the classifier is sure.
 *
 * @param value {@code ln p_y}, at most 0, to the loss in nats
 * @param gain {@code ln p_y}, at most 0, to w; infinite where the loss's slope is
 */
public record ProbabilityCurve(DoubleUnaryOperator value, DoubleUnaryOperator gain) {}
