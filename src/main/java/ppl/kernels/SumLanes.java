package ppl.kernels;

import static ppl.kernels.ElementaryLanes.S;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// [Sums] on vectors, of no more than eight lanes, so that as many as eight sums have are in one vector or several.
final class SumLanes {
  static final VectorSpecies<Double> T = S.length() > Sums.WAYS ? DoubleVector.SPECIES_512 : S;

  private SumLanes() {}

  /// Gives the number of elements that are done: all where a vector has a lane for each of the eight.
  static int sum(double[] x, int from, double[] out, int n) {
    int end = n - n % Sums.WAYS;
    if (T.length() < Sums.WAYS) {
      parts(x, from, out, end);
      return end;
    }
    var sum = DoubleVector.zero(T);
    for (int i = 0; i < end; i += Sums.WAYS) sum = sum.add(DoubleVector.fromArray(T, x, from + i));
    if (end < n) {
      var rest = T.indexInRange(end, n);
      sum = sum.add(DoubleVector.fromArray(T, x, from + end, rest), rest);
    }
    sum.intoArray(out, 0);
    return n;
  }

  private static void parts(double[] x, int from, double[] out, int end) {
    for (int way = 0; way < Sums.WAYS; way += T.length()) {
      var sum = DoubleVector.zero(T);
      for (int i = way; i < end; i += Sums.WAYS) sum = sum.add(DoubleVector.fromArray(T, x, from + i));
      sum.intoArray(out, way);
    }
  }
}
