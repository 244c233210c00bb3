package ppl.dist;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Every scalar distribution in every form, and the combinators over several, at random arguments. All are run.
class DistributionProperties {
  @Property(tries = 1000, generation = GenerationMode.EXHAUSTIVE)
  void scalarLaws(@ForAll("scalars") Cases.Case c, @ForAll("seeds") Long seed) {
    var laws = new ScalarLaws(c.bind(seed), 1000);
    laws.all();
    laws.ends();
  }

  @Property(tries = 1000, generation = GenerationMode.EXHAUSTIVE)
  void combinators(@ForAll("combinators") CombinatorCases.Case c) {
    new ScalarLaws(c.bind(1), 400).all();
  }

  @Provide
  Arbitrary<Cases.Case> scalars() {
    return Arbitraries.of(Cases.scalars());
  }

  @Provide
  Arbitrary<CombinatorCases.Case> combinators() {
    return Arbitraries.of(CombinatorCases.all());
  }

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.of(List.of(1L, 2L));
  }
}
