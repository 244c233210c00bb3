package ppl.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Differentiate;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Interpreter;
import ppl.ir.Kind;
import ppl.ir.Printer;
import ppl.ir.Stmt;
import ppl.ir.Unit;
import ppl.tile.Shape;
import ppl.tile.Sharing;
import ppl.tile.Zeros;

/// What is -infinity has no derivative, whether many are worked on together, some or all of them -infinity, or one by
/// one; and values are no more guarded than they must.
class GuardsProperties {
  private static final Array N = new Array("N", Kind.INT, List.of(), Array.Role.DATA);
  private static final Array X = new Array("x", Kind.REAL, List.of(N.read()), Array.Role.DATA);
  private static final Array Q = new Array("q", Kind.REAL, List.of(integer(2)), Array.Role.ARGUMENT);
  private static final Array GRADIENT = new Array("gradient", Kind.REAL, List.of(integer(2)), Array.Role.ARGUMENT);

  /// The logarithm of a sum of normal densities, each guarded.
  private static Stmt.Block body() {
    return Build.block(b -> {
      var v = b.array("v", Kind.REAL, List.of(N.read()));
      b.loops(List.of(new Index("n")), List.of(N.read()), at -> {
        var z = div(sub(X.read(at), Q.read(integer(0))), exp(Q.read(integer(1))));
        Expr value = sub(mul(real(-0.5), mul(z, z)), Q.read(integer(1)));
        return new Stmt.Set(v, at, select(eq(value, real(Double.NEGATIVE_INFINITY)), real(Double.NEGATIVE_INFINITY), value));
      });
      b.add(new Stmt.Add(Array.TARGET, List.of(), log(add(real(0.1), sum(N.read(), k -> exp(v.read(k)))))));
    });
  }

  private static Unit unit() {
    return new Unit("models.Guards", List.of(N, X), List.of(), Stmt.Block.EMPTY, List.of(
        new Unit.Routine("logDensity", List.of(Q), false, body()),
        new Unit.Routine("gradient", List.of(Q, GRADIENT), false, Differentiate.gradient(body(), Map.of(Q, GRADIENT)))));
  }

  @Property(tries = 200)
  void guardedIsInterpreted(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(max = 4) int infinite, @ForAll @IntRange(min = 1, max = 5) int rows) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var x = new double[n];
    for (int i = 0; i < n; i++)
      x[i] = random.nextInt(4) < infinite ? Double.POSITIVE_INFINITY : random.nextGaussian();
    var q = new double[] {random.nextGaussian(), 0.3 * random.nextGaussian()};
    var expected = new double[2];
    var actual = new double[2];
    var unit = unit();
    double density = new Interpreter(random).bind(N, new double[] {n}).bind(X, x).bind(Q, q).bind(GRADIENT, expected)
        .run(unit.routines().get(1).body());
    var kernel = Loader.load(Emit.toClass(unit, Split.MOST, new Shape(rows, 2, 9, 1, Sharing.USUAL, Zeros.USUAL))).bind(new Object[] {new int[] {n}, x});
    assertEquals(density, kernel.logDensity(q), 1e-12);
    assertEquals(density, kernel.gradient(q, actual), 1e-12);
    for (int i = 0; i < 2; i++) {
      assertTrue(Double.isFinite(actual[i]));
      assertEquals(expected[i], actual[i], 1e-11 * (1 + Math.abs(expected[i])));
    }
  }

  @Example
  void valuesHaveNoGuards() {
    assertTrue(Printer.print(unit()).contains("-Infinity"));
    assertFalse(Printer.print(ppl.ir.Guards.dropped(unit())).contains("? -Infinity"));
  }
}
