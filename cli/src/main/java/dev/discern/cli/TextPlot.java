package dev.discern.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** Draws curves over p in (0, 1) with characters. */
final class TextPlot {
  private static final int WIDTH = 61;
  private static final int HEIGHT = 12;

  private final char[][] cells = new char[HEIGHT][WIDTH];
  private final double low;
  private final double high;

  private TextPlot(double low, double high) {
    this.low = low;
    this.high = high;
    for (char[] row : cells) {
      Arrays.fill(row, ' ');
    }
  }

  /**
   * Draws a curve over another.
   *
   * @param curve drawn with {@code *}, over p
   * @param yardstick drawn with {@code ·} behind it
   * @return lines: the vertical axis on the left, p below
   */
  static List<String> lines(DoubleUnaryOperator curve, DoubleUnaryOperator yardstick) {
    double[] values = new double[2 * WIDTH];
    for (int x = 0; x < WIDTH; x++) {
      values[x] = curve.applyAsDouble(p(x));
      values[WIDTH + x] = yardstick.applyAsDouble(p(x));
    }
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    // Poles would flatten the rest: the outermost twentieth may leave the picture.
    int rest = sorted.length / 40;
    double low = sorted[rest];
    double high = sorted[sorted.length - 1 - rest];
    // Differences by rounding alone count as level.
    boolean level = high - low <= 1e-9 * Math.max(1, Math.abs(high));
    TextPlot plot = new TextPlot(low, level ? low + 1 : high);
    for (int x = 0; x < WIDTH; x++) {
      plot.put(x, values[WIDTH + x], '·');
    }
    for (int x = 0; x < WIDTH; x++) {
      plot.put(x, values[x], '*');
    }
    return plot.lines();
  }

  private static double p(int x) {
    return 0.01 + 0.98 * x / (WIDTH - 1);
  }

  private void put(int x, double value, char mark) {
    long row = Math.round((high - value) / (high - low) * (HEIGHT - 1));
    if (Double.isFinite(value) && row >= 0 && row < HEIGHT) {
      cells[(int) row][x] = mark;
    }
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < HEIGHT; row++) {
      boolean labelled = row == 0 || row == HEIGHT - 1 || row == HEIGHT / 2;
      double value = high - (high - low) * row / (HEIGHT - 1);
      String label = labelled ? String.format(Locale.ROOT, "%8.2f", value) : " ".repeat(8);
      lines.add((label + " |" + new String(cells[row])).stripTrailing());
    }
    lines.add(" ".repeat(9) + "+" + "-".repeat(WIDTH));
    lines.add(String.format(Locale.ROOT, "%9s 0%29s.5%28s 1", "p_y", "", ""));
    return lines;
  }
}
