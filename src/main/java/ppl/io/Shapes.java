package ppl.io;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Extents and subscripts.
final class Shapes {
  private Shapes() {}

  static String show(List<Integer> dims) {
    if (dims.size() == 1) return dims.getFirst() == 1 ? "1 element" : dims.getFirst() + " elements";
    return dims.stream().map(String::valueOf).collect(Collectors.joining(" x "));
  }

  /// The product of extents. A product beyond what an array can hold gives -1.
  static int product(List<Integer> dims) {
    long n = 1;
    for (int d : dims) {
      n *= d;
      if (n > Integer.MAX_VALUE - 8) return -1;
    }
    return (int) n;
  }

  /// Subscripts from 0 of the element at `flat`.
  static int[] unravel(List<Integer> dims, int flat) {
    int[] index = new int[dims.size()];
    for (int d = index.length - 1; d >= 0; d--) {
      index[d] = flat % dims.get(d);
      flat /= dims.get(d);
    }
    return index;
  }

  /// Subscripts as users write them, from 1: `[3,2]`; empty for a single value.
  static String subscript(List<Integer> dims, int flat) {
    if (dims.isEmpty()) return "";
    var parts = new ArrayList<String>();
    for (int i : unravel(dims, flat)) parts.add(String.valueOf(i + 1));
    return "[" + String.join(",", parts) + "]";
  }

  /// Whether `found` has the extents of `wanted` in another order.
  static boolean permuted(List<Integer> found, List<Integer> wanted) {
    return found.size() > 1 && !found.equals(wanted)
        && found.stream().sorted().toList().equals(wanted.stream().sorted().toList());
  }
}
