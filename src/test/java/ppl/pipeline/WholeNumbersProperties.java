package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import ppl.runtime.Quantity;
import ppl.source.Diagnostics;

/// A computation of whole numbers gives what it gives without end, or an error: never another number.
class WholeNumbersProperties {
  private static final BigInteger MOST = BigInteger.valueOf(Integer.MAX_VALUE);

  /// A value without end, and what it would be of the absolute values of all its parts: in whatever order the sums in it
  /// are made, no step is beyond that.
  record Value(BigInteger exact, BigInteger size) {
    static Value of(long x) {
      return new Value(BigInteger.valueOf(x), BigInteger.valueOf(x).abs());
    }

    Value with(Value that, BinaryOperator<BigInteger> f, BinaryOperator<BigInteger> sizes) {
      return new Value(f.apply(exact, that.exact), sizes.apply(size, that.size));
    }
  }

  /// An expression over the whole numbers `k[1]` to `k[3]`.
  record Term(String text, Function<int[], Value> value) {}

  @Provide
  Arbitrary<Term> terms() {
    var leaf = Arbitraries.integers().between(1, 3).map(i -> new Term("k[" + i + "]", k -> Value.of(k[i - 1])));
    var all = Arbitraries.of(new Term("sum(k)", k -> Arrays.stream(k).mapToObj(Value::of).reduce(Value.of(0), WholeNumbersProperties::sum)),
        new Term("prod(k)", k -> Arrays.stream(k).mapToObj(Value::of).reduce(Value.of(1), WholeNumbersProperties::product)),
        new Term("sum(i in 1..3 : k[i] * k[i])", WholeNumbersProperties::squares),
        new Term("dot_self(k)", WholeNumbersProperties::squares),
        new Term("max(k)", k -> Value.of(Arrays.stream(k).max().orElseThrow())));
    return Arbitraries.recursive(() -> Arbitraries.oneOf(leaf, leaf, all), inner -> Combinators.combine(
        Arbitraries.of("(%s + %s)", "(%s - %s)", "(%s * %s)", "max(%s, %s)"), inner, inner).as(WholeNumbersProperties::two), 0, 3);
  }

  private static Term two(String text, Term a, Term b) {
    BinaryOperator<Value> f = switch (text.charAt(4)) {
      case '+' -> WholeNumbersProperties::sum;
      case '-' -> (x, y) -> x.with(y, BigInteger::subtract, BigInteger::add);
      case '*' -> WholeNumbersProperties::product;
      default -> (x, y) -> x.with(y, BigInteger::max, BigInteger::max);
    };
    return new Term(text.formatted(a.text, b.text), k -> f.apply(a.value.apply(k), b.value.apply(k)));
  }

  private static Value sum(Value x, Value y) {
    return x.with(y, BigInteger::add, BigInteger::add);
  }

  /// A step to a product with 0 may be anything.
  private static Value product(Value x, Value y) {
    return x.with(y, BigInteger::multiply, (a, b) -> a.max(BigInteger.ONE).multiply(b.max(BigInteger.ONE)));
  }

  private static Value squares(int[] k) {
    return Arrays.stream(k).mapToObj(Value::of).map(x -> product(x, x)).reduce(Value.of(0), WholeNumbersProperties::sum);
  }

  @Provide
  Arbitrary<int[]> numbers() {
    var some = Arbitraries.oneOf(Arbitraries.integers().between(-9, 9), Arbitraries.integers(),
        Arbitraries.integers().between(-70000, 70000), Arbitraries.of(Integer.MAX_VALUE, -Integer.MAX_VALUE));
    return some.map(x -> Math.max(x, -Integer.MAX_VALUE)).array(int[].class).ofSize(3);
  }

  @Property(tries = 60)
  void aWholeNumberIsRightOrThereIsNone(@ForAll("terms") Term term, @ForAll("numbers") int[] k) {
    var text = "data k : int[3]\na : real ~ Normal(0, 1)\nx = " + term.text + "\ntarget += 0 * a + x\n";
    var diagnostics = new Diagnostics();
    var ready = Whole.attempt(text, "{\"k\": " + Arrays.toString(k) + "}", diagnostics);
    var expected = term.value.apply(k);
    var said = Whole.said(diagnostics);
    if (ready.isEmpty()) {
      assertTrue(expected.size.compareTo(MOST) > 0, () -> term.text + Arrays.toString(k) + said);
      assertTrue(said.startsWith("E0723 with these data ") && said.contains(" is beyond the whole numbers"), said);
      return;
    }
    double log = -0.5 * Math.log(2 * Math.PI) + expected.exact.doubleValue();
    for (var target : List.of(ready.get().program().bind(ready.get().data()), ready.get().program().interpret(ready.get().data())))
      assertEquals(log, target.logDensity(new double[1]), 1e-9 * (1 + Math.abs(log)), () -> term.text + Arrays.toString(k));
  }

  @Test
  void thereIsNoLargestOfNoWholeNumbers() {
    var model = "data n : int\na : real ~ Normal(0, 1)\ntarget += a + %s\n";
    for (var text : List.of("max(i in 1..n : i)", "min(1..n)"))
      for (int n : new int[] {0, 3}) {
        var diagnostics = new Diagnostics();
        Whole.attempt(model.formatted(text), "{\"n\": " + n + "}", diagnostics);
        assertEquals(n == 0 ? "E0723 with these data there is a smallest or largest of no whole numbers at `target += a + "
            + text + "`" : "", Whole.said(diagnostics));
      }
    var none = Whole.ready("data n : int\na : real ~ Normal(0, 1)\ntarget += any(i in 1..n : i > 0)\n", "{\"n\": 0}");
    assertEquals(-0.5 * Math.log(2 * Math.PI), none.program().bind(none.data()).logDensity(new double[1]), 1e-12);
  }

  /// Whole numbers may have a law of reals, of which their replicates are drawn.
  @Test
  void lawsOfRealsDrawReals() {
    var ready = Whole.ready("""
        data s : int[3]
        a : real ~ Normal(0, 5)
        s ~ Normal(a, 1)
        """, "{\"s\": [1, 2, 3]}");
    var target = ready.program().bind(ready.data()).predicting();
    var out = new double[target.outputSize()];
    target.constrain(new double[] {2}, new SplittableRandom(1), out);
    assertEquals(List.of(false, false), target.quantities().stream().map(Quantity::integer).toList());
    for (int i = 1; i <= 3; i++) assertTrue(out[i] != Math.rint(out[i]) && Math.abs(out[i] - 2) < 5, "" + out[i]);
  }
}
