package dev.discern.embedding;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Principal component analysis (Pearson, 1901): the orthogonal axes along which rows vary most,
 * computed as the eigenvectors of their covariance.
 */
public final class Pca {
  private Pca() {}

  /** A unit vector {@code [d, 1]} and the variance along it. */
  private record Axis(DMatrixRMaj direction, double variance) {}

  /**
   * Projects rows onto their two principal axes. The sign of an axis makes its loading of largest
   * absolute value positive (the first one, if several are equal), so the same rows always give the
   * same map. A missing coordinate is 0: for rows of one value, for rows that vary along a single
   * axis, and for equal rows.
   *
   * @param rows {@code [n][d]}, n and d at least 1, absolute values up to 1e100; takes {@code n·d²
   *     + d³} operations
   * @return the map
   * @throws IllegalArgumentException if rows are empty or differ in length, or a value is too large
   *     or NaN
   */
  public static Projection project(double[][] rows) {
    Rows.requireMatrix(rows);
    DMatrixRMaj centered = centered(rows);
    DMatrixRMaj scatter = new DMatrixRMaj(centered.numCols, centered.numCols);
    CommonOps_DDRM.multInner(centered, scatter);
    double total = CommonOps_DDRM.trace(scatter);

    double[][] points = new double[rows.length][2];
    double[] explained = new double[2];
    List<Axis> axes = axes(scatter);
    for (int a = 0; a < Math.min(2, axes.size()); a++) {
      Axis axis = axes.get(a);
      if (axis.variance() > 0) {
        fill(points, a, centered, axis.direction());
        explained[a] = Math.min(1, axis.variance() / total);
      }
    }
    return new Projection(points, explained);
  }

  private static DMatrixRMaj centered(double[][] rows) {
    DMatrixRMaj matrix = new DMatrixRMaj(rows);
    for (int column = 0; column < matrix.numCols; column++) {
      // Relative to the first row: otherwise rounding of the mean would make constant columns vary.
      double first = rows[0][column];
      double sum = 0;
      for (double[] row : rows) {
        sum += row[column] - first;
      }
      for (int i = 0; i < rows.length; i++) {
        matrix.set(i, column, rows[i][column] - first - sum / rows.length);
      }
    }
    return matrix;
  }

  /** All axes of a symmetric matrix, in decreasing order of eigenvalue. */
  private static List<Axis> axes(DMatrixRMaj scatter) {
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(scatter.numCols, true, true);
    if (!eigen.decompose(scatter)) {
      throw new IllegalStateException(
          "The eigenvectors of the covariance of the rows could not be computed.");
    }
    return IntStream.range(0, scatter.numCols)
        .mapToObj(i -> new Axis(eigen.getEigenVector(i), eigen.getEigenvalue(i).getReal()))
        .sorted(Comparator.comparingDouble(Axis::variance).reversed())
        .toList();
  }

  private static void fill(
      double[][] points, int axis, DMatrixRMaj centered, DMatrixRMaj direction) {
    DMatrixRMaj along = new DMatrixRMaj(centered.numRows, 1);
    CommonOps_DDRM.mult(sign(direction), centered, direction, along);
    for (int i = 0; i < points.length; i++) {
      points[i][axis] = along.get(i);
    }
  }

  /** 1 or −1, whichever makes the largest loading positive. */
  private static double sign(DMatrixRMaj direction) {
    double largest = CommonOps_DDRM.elementMaxAbs(direction);
    for (int i = 0; i < direction.numRows; i++) {
      // Loadings that differ only by rounding count as equal, so that rounding does not decide.
      if (Math.abs(direction.get(i)) > largest * (1 - 1e-9)) {
        return Math.signum(direction.get(i));
      }
    }
    throw new AssertionError("no value is the largest");
  }
}
