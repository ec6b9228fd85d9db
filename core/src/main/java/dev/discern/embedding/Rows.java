package dev.discern.embedding;

/** Checks of the matrices handed to this package. */
final class Rows {
  /** The largest size of a value; larger ones might overflow when squared and summed. */
  static final double LARGEST = 1e100;

  private Rows() {}

  /**
   * Refuses what is no matrix of points.
   *
   * @param rows {@code [n][d]}, n and d at least 1, values up to {@value #LARGEST} by size
   * @throws IllegalArgumentException if there is no row or column, rows differ in length, or a
   *     value is larger or not a number
   */
  static void requireMatrix(double[][] rows) {
    if (rows.length == 0 || rows[0].length == 0) {
      throw new IllegalArgumentException("There is no row with a value, so there is no map.");
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
            "Row " + i + " holds the value " + value + ", but sizes go up to " + LARGEST + ".");
      }
    }
  }
}
