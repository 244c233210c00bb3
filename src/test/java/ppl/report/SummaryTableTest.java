package ppl.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import ppl.runtime.Draws;
import ppl.runtime.Posterior;
import ppl.runtime.Quantity;
import ppl.runtime.Summary;
import ppl.runtime.Verdict;

class SummaryTableTest {
  private static final double NAN = Double.NaN;

  private static Quantity scalar(String name) {
    return new Quantity(name, List.of(), List.of(), Quantity.Role.UNKNOWN, false);
  }

  private static Quantity family(String name, List<String> labels) {
    return new Quantity(name, List.of(labels.size()), List.of(Optional.of(labels)), Quantity.Role.UNKNOWN, false);
  }

  @Test
  void chainsHaveErrorsAndDigitsFollowThem() {
    var quantities = List.of(scalar("mu"), scalar("tau"), scalar("large"), scalar("small"), scalar("constant"), scalar("broken"));
    var table = SummaryTable.of(quantities, List.of(
        new Summary("mu", 4.4123456, 3.3123456, -1.0345, 4.4, 9.8765, 0.051, 4213.4, 3021.2, 1.0004),
        new Summary("tau", 3.6, 3.2, 0.2666, 2.77, 9.8, 0.00051, 2213.4, 1021.2, 1.0114),
        new Summary("large", 1234567.891, 2345.678, 1230000, 1234567, 1239000, 40, 4000, 4000, 1),
        new Summary("small", -1.2345678E-9, 3.2E-10, -2E-9, -1.2E-9, 0, 1e-11, 4000, 4000, 1),
        new Summary("constant", 2, 0, 2, 2, 2, NAN, NAN, NAN, NAN),
        new Summary("broken", NAN, NAN, NAN, Double.POSITIVE_INFINITY, NAN, NAN, NAN, NAN, NAN)),
        Posterior.Kind.CHAINS, false);
    assertEquals("""
                       mean        sd         5%        50%       95%     mcse  ess bulk  ess tail  R-hat
        mu             4.41      3.31      -1.03       4.40      9.88    0.051      4213      3021  1.000
        tau            3.60      3.20       0.27       2.77      9.80  0.00051      2213      1021  1.011
        large       1234568      2346    1230000    1234567   1239000       40      4000      4000  1.000
        small     -1.23e-09  3.20e-10  -2.00e-09  -1.20e-09  0.00e+00  1.0e-11      4000      4000  1.000
        constant          2         0          2          2         2        -         -         -      -
        broken            -         -          -        inf         -        -         -         -      -
        """, table);
  }

  @Test
  void numbersBeyondMeasureTakeAPowerOfTenWhateverTheirSpread() {
    double inf = Double.POSITIVE_INFINITY;
    var table = SummaryTable.of(List.of(scalar("a"), scalar("b"), scalar("c")), List.of(
        new Summary("a", -1.8055547237e222, inf, -8.35e223, 4.5, 1e224, NAN, NAN, NAN, NAN),
        new Summary("b", 4.25, inf, -8.35e223, 4.5, 1e224, NAN, NAN, NAN, NAN),
        new Summary("c", NAN, NAN, -8.35e223, 12345001, 1e224, NAN, NAN, NAN, NAN)), Posterior.Kind.INDEPENDENT, false);
    assertEquals("""
                 mean   sd          5%            50%        95%
        a  -1.81e+222  inf  -8.35e+223       4.50e+00  1.00e+224
        b        4.25  inf  -8.35e+223           4.50  1.00e+224
        c           -    -  -8.35e+223  1.2345001e+07  1.00e+224
        """, table);
  }

  @Test
  void valuesThatHardlyVaryKeepTheirDigitsAndLongNamesTheirEnds() {
    var name = "x".repeat(30) + "y".repeat(20);
    var table = SummaryTable.of(List.of(scalar("a"), scalar("b"), scalar(name)), List.of(
        new Summary("a", 1.5, 7.07e-10, 1.5, 1.5, 1.5, NAN, NAN, NAN, NAN),
        new Summary("b", 1.073741824e9, 0.707, 1.073741824e9, 1.073741824e9, 1.073741825e9, NAN, NAN, NAN, NAN),
        new Summary(name, 3e147, 2e148, 1, 2, 3, NAN, NAN, NAN, NAN)), Posterior.Kind.INDEPENDENT, false);
    assertEquals("""
                                                         mean         sd              5%             50%             95%
        a                                          1.50000000   7.07e-10      1.50000000      1.50000000      1.50000000
        b                                      1.07374182e+09      0.707  1.07374182e+09  1.07374182e+09  1.07374183e+09
        xxxxxxxxxxxxxxxxxxxxxxxx…yyyyyyyyyyyy       3.00e+147  2.00e+148        1.00e+00        2.00e+00        3.00e+00
        """, table);
  }

  @Test
  void wideFamiliesShowTheirEnds() {
    var labels = IntStream.rangeClosed(1, 86).mapToObj(i -> "county " + i).toList();
    var summaries = new ArrayList<Summary>();
    labels.forEach(l -> summaries.add(new Summary("a[" + l + "]", 1.5, 0.25, 1, 1.5, 2, 0.01, NAN, NAN, NAN)));
    summaries.add(new Summary("b", 1.5, 0.25, 1, 1.5, 2, 0.01, NAN, NAN, NAN));
    var quantities = List.of(family("a", labels), scalar("b"));
    assertEquals("""
                      mean    sd    5%   50%   95%
        a[county 1]   1.50  0.25  1.00  1.50  2.00
        a[county 2]   1.50  0.25  1.00  1.50  2.00
        a[county 3]   1.50  0.25  1.00  1.50  2.00
        a[county 4]   1.50  0.25  1.00  1.50  2.00
        a[county 5]   1.50  0.25  1.00  1.50  2.00
          … 79 more
        a[county 85]  1.50  0.25  1.00  1.50  2.00
        a[county 86]  1.50  0.25  1.00  1.50  2.00
        b             1.50  0.25  1.00  1.50  2.00
        (--all shows every element, --out DIR keeps them)
        """, SummaryTable.of(quantities, summaries, Posterior.Kind.INDEPENDENT, false));
    assertEquals(88, SummaryTable.of(quantities, summaries, Posterior.Kind.INDEPENDENT, true).lines().count());
  }

  @Test
  void doubtsAreLoud() {
    var posterior = new Posterior("advi", 7, Map.of(), Posterior.Kind.INDEPENDENT, List.of(scalar("mu")),
        Draws.of(1, List.of(new double[] {1, 2})), List.of(), Draws.of(0, List.of(new double[0])), Optional.empty(), Map.of(),
        List.of(Verdict.trustworthy("The fit converged."), Verdict.unusable("k-hat is 1.2.", "Use --method nuts.")),
        Map.of("total", 0.0123), true);
    var text = new RunReport("schools", 1, 1, "asked for", false, false)
        .text(posterior, List.of(new Summary("mu", 1.5, 0.5, 1, 1.5, 2, 0.01, NAN, NAN, NAN)));
    assertEquals("""
        schools: 1 unknown, advi (asked for); 2 draws; 12 ms; seed 7; INTERRUPTED

            mean    sd    5%   50%   95%
        mu  1.50  0.50  1.00  1.50  2.00

        Note: The fit converged.
        NOT TO BE USED: k-hat is 1.2.
          Use --method nuts.
        """, text);
  }

  @Test
  void wholeNumbersAreShownByTheirMostProbableValue() {
    var z = new Quantity("z", List.of(2), List.of(Optional.empty()), Quantity.Role.UNKNOWN, true);
    var draws = Draws.of(2, List.of(new double[] {1, 3, 2, 3, 2, 3, 2, 1}));
    var posterior = new Posterior("nuts", 1, Map.of(), Posterior.Kind.CHAINS, List.of(z), draws, List.of(),
        Draws.of(0, List.of()), Optional.empty(), Map.of(), List.of(), Map.of(), false);
    var summaries = List.of(
        new Summary("z[1]", 1.75, 0.5, 1, 2, 2, 0.25, NAN, NAN, NAN), new Summary("z[2]", 2.5, 1, 1, 3, 3, 0.5, NAN, NAN, NAN));
    assertEquals("""

              most probable  probability  mean    sd  5%  50%  95%
        z[1]              2        0.750  1.75  0.50   1    2    2
        z[2]              3        0.750   2.5   1.0   1    3    3
        """, DiscreteTable.of(posterior, summaries, false));
  }

  @Test
  void constantsOfAFamilyAreLeftOutUnlessTheyAreWholeNumbers() {
    var labels = List.of("1", "2", "3");
    var summaries = List.of(new Summary("L[1]", 1, 0, 1, 1, 1, NAN, NAN, NAN, NAN),
        new Summary("L[2]", 0, 0, 0, 0, 0, NAN, NAN, NAN, NAN), new Summary("L[3]", 1.5, 0.25, 1, 1.5, 2, 0.01, NAN, NAN, NAN),
        new Summary("z[1]", 2, 0, 2, 2, 2, NAN, NAN, NAN, NAN), new Summary("z[2]", 1.5, 0.5, 1, 1, 2, 0.01, NAN, NAN, NAN));
    var z = new Quantity("z", List.of(2), List.of(Optional.empty()), Quantity.Role.GENERATED, true);
    assertEquals("""
              mean    sd    5%   50%   95%
        L[3]  1.50  0.25  1.00  1.50  2.00
        z[1]     2     0     2     2     2
        z[2]  1.50  0.50     1     1     2
        (L[1] and 1 other element are constants)
        """, SummaryTable.of(List.of(family("L", labels), z), summaries, Posterior.Kind.INDEPENDENT, false));
  }

  private static Posterior one(double... draws) {
    var quantities = draws.length == 0 ? List.<Quantity>of() : List.of(scalar("x"));
    return new Posterior("map", 1, Map.of(), Posterior.Kind.INDEPENDENT, quantities,
        Draws.of(quantities.size(), List.of(draws)), List.of(), Draws.of(0, List.of(new double[0])), Optional.empty(),
        Map.of(), List.of(Verdict.trustworthy("So it is.")), Map.of(), false);
  }

  @Test
  void whatIsNoNumberIsExplained() {
    assertEquals("""
        m: 1 unknown in 3 dimensions, map; 3 draws; seed 1

           mean  sd  5%  50%  95%
        x     -   -   -    -    -
        (x is not a number in 2 of 3 draws)

        Trustworthy: So it is.
        """, new RunReport("m", 1, 3, "", false, false)
        .text(one(1, NAN, NAN), List.of(new Summary("x", NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN))));
    var k = one(1, NAN, NAN);
    var whole = new Posterior("map", 1, Map.of(), Posterior.Kind.INDEPENDENT,
        List.of(new Quantity("k", List.of(), List.of(), Quantity.Role.GENERATED, true)), k.draws(), List.of(), k.sampler(), Optional.empty(),
        Map.of(), List.of(), Map.of(), false);
    assertTrue(new RunReport("m", 1, 3, "", false, false)
        .text(whole, List.of(new Summary("k", NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN))).contains("""
            (k is not a number in 2 of 3 draws)
            (a whole number that no distribution gives ends `generate` in that draw: nothing that it gives is a number then)
            """));
    assertEquals("m: no unknowns; seed 1\n\nTrustworthy: So it is.\n", new RunReport("m", 0, 0, "", false, false).text(one(), List.of()));
  }
}
