package ppl.kernels;

import static ppl.kernels.ElementaryLanes.S;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// [Sums] on vectors, of no more than eight lanes, so that as many as eight sums have are in one vector or several.
final class SumLanes {
  static final VectorSpecies<Double> T = S.length() > Sums.WAYS ? DoubleVector.SPECIES_512 : S;

  private SumLanes() {}

  static int sum(double[] x, int from, double[] out, int n) {
    int end = n - n % Sums.WAYS;
    if (T.length() == Sums.WAYS) {
      var sum = DoubleVector.zero(T);
      for (int i = 0; i < end; i += Sums.WAYS) sum = sum.add(DoubleVector.fromArray(T, x, from + i));
      sum.intoArray(out, 0);
    } else parts(x, from, out, end);
    return end;
  }

  private static void parts(double[] x, int from, double[] out, int end) {
    for (int way = 0; way < Sums.WAYS; way += T.length()) {
      var sum = DoubleVector.zero(T);
      for (int i = way; i < end; i += Sums.WAYS) sum = sum.add(DoubleVector.fromArray(T, x, from + i));
      sum.intoArray(out, way);
    }
  }
}
