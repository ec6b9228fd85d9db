package discern.embedding;

/** Temporary. */
public final class Pca {
  private Pca() {}

  /** Temporary. */
  public record Projection(double[][] points, double[] explained) {}

  /** Temporary. */
  public static Projection project(double[][] rows) {
    double[][] p = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) p[i] = new double[] {rows[i][0], rows[i][1]};
    return new Projection(p, new double[] {0.5, 0.2});
  }
}
