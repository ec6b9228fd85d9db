package dev.discern.feature;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimizes a smooth function of many variables with limited-memory BFGS.
 *
 * <p>Source: Nocedal and Wright, Numerical Optimization (2006), algorithms 7.4 and 7.5, with the
 * backtracking line search of algorithm 3.1. Pairs of steps and gradient changes without positive
 * curvature are skipped.
 */
final class Lbfgs {
  private static final int MEMORY = 10;
  private static final int STEPS = 200;
  private static final int HALVINGS = 20;
  private static final double SUFFICIENT = 1e-4;
  private static final double LEAST_CURVATURE = 1e-10;

  private final Function function;
  private final double tolerance;
  private final Deque<Pair> memory = new ArrayDeque<>();

  /** A differentiable function. */
  interface Function {
    /**
     * Evaluates the function.
     *
     * @param at the point
     * @param gradient receives the gradient; as long as the point
     * @return the value
     */
    double at(double[] at, double[] gradient);
  }

  /** A step, the change of the gradient over it, and 1 / (their product). */
  private record Pair(double[] step, double[] change, double rho) {}

  private Lbfgs(Function function, double tolerance) {
    this.function = function;
    this.tolerance = tolerance;
  }

  /**
   * Minimizes the function.
   *
   * @param function the function; convex, or only a local minimum is found
   * @param start where to start; not changed
   * @param tolerance the search ends when no entry of the gradient is larger, when no step lowers
   *     the value any further, or after {@value #STEPS} steps
   * @return the minimum
   */
  static double[] minimum(Function function, double[] start, double tolerance) {
    return new Lbfgs(function, tolerance).search(start.clone());
  }

  private double[] search(double[] x) {
    double[] gradient = new double[x.length];
    double value = function.at(x, gradient);
    for (int step = 0; step < STEPS && largest(gradient) > tolerance; step++) {
      double[] direction = direction(gradient);
      double slope = dot(direction, gradient);
      double length = memory.isEmpty() ? Math.min(1, 1 / norm(gradient)) : 1;
      double[] next = new double[x.length];
      double[] nextGradient = new double[x.length];
      double nextValue = Double.POSITIVE_INFINITY;
      int halvings = 0;
      // A value that is not a number never satisfies this comparison.
      while (!(nextValue <= value + SUFFICIENT * length * slope) && halvings <= HALVINGS) {
        length = halvings == 0 ? length : length / 2;
        move(x, direction, length, next);
        nextValue = function.at(next, nextGradient);
        halvings++;
      }
      if (!(nextValue < value)) {
        return x;
      }
      remember(difference(next, x), difference(nextGradient, gradient));
      x = next;
      gradient = nextGradient;
      value = nextValue;
    }
    return x;
  }

  private double[] direction(double[] gradient) {
    double[] q = gradient.clone();
    double[] alphas = new double[memory.size()];
    int k = 0;
    for (Pair pair : memory) { // the newest first
      alphas[k] = pair.rho() * dot(pair.step(), q);
      add(q, pair.change(), -alphas[k++]);
    }
    if (!memory.isEmpty()) {
      Pair newest = memory.getFirst();
      scale(q, 1 / (newest.rho() * dot(newest.change(), newest.change())));
    }
    for (Iterator<Pair> oldest = memory.descendingIterator(); oldest.hasNext(); ) {
      Pair pair = oldest.next();
      add(q, pair.step(), alphas[--k] - pair.rho() * dot(pair.change(), q));
    }
    scale(q, -1);
    return q;
  }

  private void remember(double[] step, double[] change) {
    double curvature = dot(step, change);
    if (curvature <= LEAST_CURVATURE * norm(step) * norm(change)) {
      return;
    }
    memory.addFirst(new Pair(step, change, 1 / curvature));
    if (memory.size() > MEMORY) {
      memory.removeLast();
    }
  }

  private static void move(double[] from, double[] direction, double length, double[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] = from[i] + length * direction[i];
    }
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  private static void add(double[] to, double[] what, double factor) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * what[i];
    }
  }

  private static void scale(double[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double[] values) {
    return Math.sqrt(dot(values, values));
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
