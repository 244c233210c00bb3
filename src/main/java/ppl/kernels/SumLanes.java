package ppl.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// [Sums] on vectors of eight lanes, however many the machine has.
final class SumLanes {
  static final VectorSpecies<Double> EIGHT = DoubleVector.SPECIES_512;

  private SumLanes() {}

  static int sum(double[] x, double[] out, int n) {
    int end = EIGHT.loopBound(n);
    var sum = DoubleVector.zero(EIGHT);
    for (int i = 0; i < end; i += Sums.WAYS) sum = sum.add(DoubleVector.fromArray(EIGHT, x, i));
    sum.intoArray(out, 0);
    return end;
  }
}
