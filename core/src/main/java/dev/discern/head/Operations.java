package dev.discern.head;

import org.bytedeco.pytorch.Tensor;

/**
 * What heads compute logits with. A {@link Head} writes its logits once, in these operations; the
 * engine runs them, and an exporter writes them down. So the two cannot drift apart.
 *
 * @param <T> a matrix: a tensor, or the name of a value
 */
public interface Operations<T> {
  /**
   * A parameter of the head.
   *
   * @param tensor the parameter, live
   * @return its value
   */
  T parameter(Tensor tensor);

  /**
   * A linear layer.
   *
   * @param input {@code [N, F]}
   * @param weight {@code [K, F]}
   * @param bias {@code [K]}
   * @return {@code [N, K]}
   */
  T linear(T input, Tensor weight, Tensor bias);

  /**
   * The products of all rows: {@code x·wᵀ}.
   *
   * @param input {@code [N, F]}
   * @param rows {@code [K, F]}
   * @return {@code [N, K]}
   */
  T times(T input, T rows);

  /**
   * The Euclidean length of each row.
   *
   * @param rows {@code [N, F]}
   * @return {@code [N, 1]}
   */
  T lengths(T rows);

  /**
   * Each row divided by its length; a row of zeros stays 0.
   *
   * @param rows {@code [N, F]}
   * @return {@code [N, F]}
   */
  T unit(T rows);

  /**
   * The product of each pair of values.
   *
   * @param left {@code [N, F]}
   * @param right of the same shape, or of one that broadcasts to it
   * @return {@code [N, F]}
   */
  T multiply(T left, T right);

  /**
   * The sum of each pair of values.
   *
   * @param left {@code [N, F]}
   * @param right of the same shape, or of one that broadcasts to it
   * @return {@code [N, F]}
   */
  T add(T left, T right);

  /**
   * The multiple of each value.
   *
   * @param input {@code [N, F]}
   * @param factor the factor
   * @return {@code [N, F]}
   */
  T scale(T input, double factor);

  /**
   * Swaps rows and columns.
   *
   * @param input {@code [N, F]}
   * @return {@code [F, N]}
   */
  T transpose(T input);

  /**
   * The sum of each row.
   *
   * @param input {@code [N, F]}
   * @return {@code [N, 1]}
   */
  T sumRows(T input);

  /**
   * {@code e^x} of each value.
   *
   * @param input {@code [N, F]}
   * @return {@code [N, F]}
   */
  T exp(T input);

  /**
   * {@code max(x, 0)} of each value.
   *
   * @param input {@code [N, F]}
   * @return {@code [N, F]}
   */
  T relu(T input);

  /**
   * {@code 1 / (1 + e⁻ˣ)} of each value.
   *
   * @param input {@code [N, F]}
   * @return {@code [N, F]}
   */
  T sigmoid(T input);
}
