package ppl.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Every distribution of vectors and matrices in every form, at random arguments.
class VectorDistributionProperties {
  @Property(tries = 1000, generation = GenerationMode.EXHAUSTIVE)
  void vectorLaws(@ForAll("reals") Cases.Case c, @ForAll("seeds") Long seed) {
    var free = Free.of(c.distribution());
    new VectorLaws(c.bind(seed), free).all();
    if (c.distribution().domain().cholesky().isPresent())
      new VectorLaws(c.bind(seed).cholesky(), free.cholesky()).all();
  }

  /// Over all vectors of counts with the right sum; the means of the draws as well.
  @Property(tries = 1000, generation = GenerationMode.EXHAUSTIVE)
  void countLaws(@ForAll("counts") Cases.Case c, @ForAll("seeds") Long seed) {
    var law = c.bind(seed);
    var draws = law.draws(2000, 3);
    int n = (int) Arrays.stream(draws[0]).sum();
    double total = 0;
    var mean = new double[law.size()];
    for (var x : compositions(n, law.size())) {
      double p = Math.exp(law.logpdf(x));
      total += p;
      for (int k = 0; k < mean.length; k++) mean[k] += p * x[k];
    }
    assertEquals(1, total, 1e-10, law + " total");
    var stated = law.values(law.law().mean().orElseThrow());
    var sd = law.values(law.law().sd().orElseThrow());
    for (int k = 0; k < mean.length; k++) {
      int i = k;
      assertEquals(stated[k], mean[k], 1e-9, law + " mean");
      double drawn = Arrays.stream(draws).mapToDouble(x -> x[i]).average().orElseThrow();
      assertEquals(mean[k], drawn, 5 * sd[k] / Math.sqrt(draws.length), law + " draws");
    }
    for (var x : draws) assertTrue(law.contains(x), law + " drew " + Arrays.toString(x));
    var wrong = draws[0].clone();
    wrong[0] += 1;
    assertEquals(Double.NEGATIVE_INFINITY, law.logpdf(wrong), law + " outside");
  }

  private static List<double[]> compositions(int n, int parts) {
    if (parts == 1) return List.of(new double[] {n});
    var all = new ArrayList<double[]>();
    for (int first = 0; first <= n; first++)
      for (var rest : compositions(n - first, parts - 1)) {
        var x = new double[parts];
        x[0] = first;
        System.arraycopy(rest, 0, x, 1, parts - 1);
        all.add(x);
      }
    return all;
  }

  @Provide
  Arbitrary<Cases.Case> reals() {
    return Arbitraries.of(Cases.vectors().stream().filter(c -> !c.bind(0).discrete()).toList());
  }

  @Provide
  Arbitrary<Cases.Case> counts() {
    return Arbitraries.of(Cases.vectors().stream().filter(c -> c.bind(0).discrete()).toList());
  }

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.of(List.of(1L, 2L));
  }
}
