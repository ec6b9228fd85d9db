package dev.discern.embedding;

/** Checks of the input matrices of this package. */
final class Rows {
  /** The largest absolute value; larger values might overflow when squared and summed. */
  static final double LARGEST = 1e100;

  private Rows() {}

  /**
   * Rejects arrays that are not a matrix of points.
   *
   * @param rows {@code [n][d]}, n and d at least 1, absolute values up to {@value #LARGEST}
   * @throws IllegalArgumentException if there is no row or column, rows differ in length, or a
   *     value is too large or NaN
   */
  static void requireMatrix(double[][] rows) {
    if (rows.length == 0 || rows[0].length == 0) {
      throw new IllegalArgumentException(
          "There are no rows with values, so there is nothing to map.");
    }
    for (int i = 0; i < rows.length; i++) {
      requireRow(i, rows[i], rows[0].length);
    }
  }

  private static void requireRow(int i, double[] row, int length) {
    if (row.length != length) {
      throw new IllegalArgumentException(
          "Row " + i + " has " + row.length + " values, but row 0 has " + length + ".");
    }
    for (double value : row) {
      if (!(Math.abs(value) <= LARGEST)) {
        throw new IllegalArgumentException(
            "Row "
                + i
                + " contains "
                + value
                + ", but absolute values must be at most "
                + LARGEST
                + ".");
      }
    }
  }
}
