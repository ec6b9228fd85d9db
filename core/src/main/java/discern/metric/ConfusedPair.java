package discern.metric;

/**
 * Two classes taken for each other.
 *
 * @param a the class of lower index
 * @param b the other
 * @param aAsB images of a taken for b
 * @param bAsA images of b taken for a
 * @param rate both over all images of the two classes
 */
public record ConfusedPair(int a, int b, long aAsB, long bAsA, double rate) {
  /**
   * Images confused in either direction.
   *
   * @return the sum
   */
  public long total() {
    return aAsB + bAsA;
  }
}
