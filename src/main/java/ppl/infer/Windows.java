package ppl.infer;

import java.util.ArrayList;
import java.util.List;

/// The schedule of warm-up: a first stretch for the step size alone, windows that double in length for the metric,
/// and a last stretch for the step size. Stan's 75 / 25, 50, .. / 50 of 1,000, in proportion for short warm-ups.
///
/// @param first iterations before the windows
/// @param window length of the first window
/// @param last iterations after the windows
/// @param total iterations altogether
record Windows(int first, int window, int last, int total) {
  static Windows of(int total) {
    if (total < 20) return new Windows(total, 0, 0, total);
    if (total >= 150) return new Windows(75, 25, 50, total);
    int first = (int) (0.15 * total);
    int last = (int) (0.1 * total);
    return new Windows(first, total - first - last, last, total);
  }

  /// Whether iteration `i` (from 0) lies in a window.
  boolean learns(int i) {
    return i >= first && i < total - last && window > 0;
  }

  /// Whether a window ends with iteration `i` (from 0).
  boolean ends(int i) {
    return ends().contains(i + 1);
  }

  /// How many iterations are done where windows end. A window that would leave less than twice its length to the next one is
  /// extended to the end.
  List<Integer> ends() {
    var all = new ArrayList<Integer>();
    int stop = total - last;
    int end = first;
    for (int length = window; window > 0 && end < stop; length *= 2) {
      end = end + length + 2 * length > stop ? stop : end + length;
      all.add(end);
    }
    return all;
  }

  /// The length of the window that ends after `end` iterations.
  int length(int end) {
    var all = ends();
    int k = all.indexOf(end);
    return end - (k == 0 ? first : all.get(k - 1));
  }
}
