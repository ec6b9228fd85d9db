package discern.embedding;

/** Temporary. */
public final class TSne {
  private TSne() {}

  /** Temporary. */
  public static double[][] project(double[][] rows, double perplexity, int iterations, long seed) {
    return Pca.project(rows).points();
  }
}
