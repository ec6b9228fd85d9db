package dev.discern.head;

/** What multiplies the cosines of an {@link AngularHead}. */
sealed interface Length {
  /**
   * Multiplies by the length.
   *
   * @param operations the meaning of the operations
   * @param cosines {@code [N, K]}
   * @param features {@code [N, F]}
   * @param weight {@code [K, F]}
   * @param <T> what the operations work on
   * @return {@code [N, K]}
   */
  <T> T multiply(Operations<T> operations, T cosines, T features, T weight);

  /**
   * One number.
   *
   * @param scale s
   */
  record Fixed(double scale) implements Length {
    @Override
    public <T> T multiply(Operations<T> operations, T cosines, T features, T weight) {
      return operations.scale(cosines, scale);
    }
  }

  /** ‖x‖. */
  record OfFeatures() implements Length {
    @Override
    public <T> T multiply(Operations<T> operations, T cosines, T features, T weight) {
      return operations.multiply(cosines, operations.lengths(features));
    }
  }

  /** ‖x‖·‖W_k‖. */
  record OfBoth() implements Length {
    @Override
    public <T> T multiply(Operations<T> operations, T cosines, T features, T weight) {
      T both =
          operations.multiply(
              operations.lengths(features), operations.transpose(operations.lengths(weight)));
      return operations.multiply(cosines, both);
    }
  }
}
