package ppl.stats;

/// The distances of numbers from their median, in ascending order, with the places that the numbers came from: both sides
/// of the median are in order, so that they are merged. Arrays are reused.
final class Folded {
  private final double[] values;
  private final int[] places;

  Folded(int size) {
    values = new double[size];
    places = new int[size];
  }

  /// @param sorted as many numbers as it is made for, in ascending order and finite
  void fold(double[] sorted, int[] from) {
    int n = values.length;
    double median = Quantiles.ofSorted(sorted, n, 0.5);
    int below = (n - 1) / 2;
    while (below + 1 < n && sorted[below + 1] <= median) below++;
    int above = below + 1;
    for (int i = 0; i < n; i++) {
      double left = below < 0 ? Double.POSITIVE_INFINITY : Math.abs(sorted[below] - median);
      double right = above == n ? Double.POSITIVE_INFINITY : Math.abs(sorted[above] - median);
      boolean down = above == n || below >= 0 && left <= right;
      values[i] = down ? left : right;
      places[i] = from[down ? below-- : above++];
    }
  }

  double[] values() {
    return values;
  }

  int[] places() {
    return places;
  }
}
