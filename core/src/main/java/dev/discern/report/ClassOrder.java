package dev.discern.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An order of the classes that puts similar classes next to each other: average-linkage clustering
 * of the confusion, where each merge is oriented so that the most similar ends meet.
 */
final class ClassOrder {
  // Clustering is cubic in the number of classes; above this limit the index order is used.
  private static final int MOST = 300;

  private ClassOrder() {}

  /**
   * Orders the classes.
   *
   * @param confusion {@code [K][K]} counts, rows by true class
   * @return a permutation of {@code 0 ... K−1}
   */
  static List<Integer> of(long[][] confusion) {
    int classes = confusion.length;
    List<List<Integer>> clusters = new ArrayList<>();
    for (int k = 0; k < classes; k++) {
      clusters.add(List.of(k));
    }
    double[][] similarity = similarity(confusion);
    while (clusters.size() > 1 && classes <= MOST) {
      mergeClosest(clusters, similarity);
    }
    return clusters.stream().flatMap(List::stream).toList();
  }

  private static double[][] similarity(long[][] confusion) {
    int classes = confusion.length;
    double[][] similarity = new double[classes][classes];
    for (int a = 0; a < classes; a++) {
      double[] row = TestOutcomes.shares(confusion[a]);
      for (int b = 0; b < classes; b++) {
        similarity[a][b] += row[b];
        similarity[b][a] += row[b];
      }
    }
    return similarity;
  }

  private static void mergeClosest(List<List<Integer>> clusters, double[][] similarity) {
    int bestA = 0;
    int bestB = 1;
    double best = -1;
    for (int a = 0; a < clusters.size(); a++) {
      for (int b = a + 1; b < clusters.size(); b++) {
        double mean = mean(clusters.get(a), clusters.get(b), similarity);
        if (mean > best) {
          best = mean;
          bestA = a;
          bestB = b;
        }
      }
    }
    List<Integer> second = clusters.remove(bestB);
    clusters.set(bestA, joined(clusters.get(bestA), second, similarity));
  }

  private static double mean(List<Integer> a, List<Integer> b, double[][] similarity) {
    double sum = 0;
    for (int i : a) {
      for (int j : b) {
        sum += similarity[i][j];
      }
    }
    return sum / a.size() / b.size();
  }

  private static List<Integer> joined(List<Integer> a, List<Integer> b, double[][] similarity) {
    List<Integer> best = List.of();
    double bestSimilarity = -1;
    for (List<Integer> left : List.of(a, reversed(a))) {
      for (List<Integer> right : List.of(b, reversed(b))) {
        double ends = similarity[left.get(left.size() - 1)][right.get(0)];
        if (ends > bestSimilarity) {
          bestSimilarity = ends;
          best = new ArrayList<>(left);
          best.addAll(right);
        }
      }
    }
    return best;
  }

  private static List<Integer> reversed(List<Integer> order) {
    List<Integer> copy = new ArrayList<>(order);
    Collections.reverse(copy);
    return copy;
  }
}
