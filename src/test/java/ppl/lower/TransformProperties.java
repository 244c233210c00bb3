package ppl.lower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static ppl.ir.Exprs.integer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Exprs;
import ppl.ir.Interpreter;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// Every transform is a bijection whose log Jacobian is the determinant that finite differences see.
class TransformProperties {
  /// A transform with what a test must know of its events.
  ///
  /// @param rank  dimensions of an event
  /// @param free  positions in the flat event that determine it, or empty where the Jacobian is no density of them
  /// @param shift what the stated log Jacobian leaves out for `n`
  record Case(String name, Transform transform, int rank, Free free, Shift shift) {
    interface Free {
      List<Integer> of(int n);
    }

    interface Shift {
      double of(int n);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Case.Shift NONE = n -> 0;

  static List<Case> cases() {
    var two = Optional.of(Exprs.real(2));
    var seven = Optional.of(Exprs.real(7));
    return List.of(
        scalar("real", Optional.empty(), Optional.empty()),
        scalar("lower", two, Optional.empty()),
        scalar("upper", Optional.empty(), seven),
        scalar("interval", two, seven),
        new Case("ordered", new Transform.Ordered(false), 1, TransformProperties::all, NONE),
        new Case("positive ordered", new Transform.Ordered(true), 1, TransformProperties::all, NONE),
        new Case("simplex", new Transform.Simplex(), 1, n -> all(n - 1), NONE),
        new Case("sum to zero", new Transform.SumToZero(), 1, n -> all(n - 1), n -> -0.5 * Math.log(n)),
        new Case("covariance factor", new Transform.CovCholesky(), 2, n -> triangle(n, true), NONE),
        new Case("correlation factor", new Transform.CorrCholesky(), 2, n -> triangle(n, false), NONE),
        new Case("covariance", new Transform.OfCholesky(new Transform.CovCholesky(), false), 2,
            n -> triangle(n, true), NONE),
        new Case("correlation", new Transform.OfCholesky(new Transform.CorrCholesky(), true), 2,
            n -> triangle(n, false), NONE));
  }

  private static Case scalar(String name, Optional<ppl.ir.Expr> lower, Optional<ppl.ir.Expr> upper) {
    return new Case(name, new Transform.Between(lower, upper), 0, n -> List.of(0), NONE);
  }

  private static List<Integer> all(int n) {
    var list = new ArrayList<Integer>();
    for (int i = 0; i < n; i++) list.add(i);
    return list;
  }

  private static List<Integer> triangle(int n, boolean diagonal) {
    var list = new ArrayList<Integer>();
    for (int i = 0; i < n; i++) for (int j = 0; j < (diagonal ? i + 1 : i); j++) list.add(i * n + j);
    return list;
  }

  @Provide
  Arbitrary<Case> transforms() {
    return Arbitraries.of(cases());
  }

  @Property(tries = 200)
  void theInverseBringsCoordinatesBack(@ForAll("transforms") Case c, @ForAll @IntRange(min = 2, max = 5) int n,
      @ForAll long seed) {
    var run = new Run(c, n);
    var q = run.position(seed);
    var x = run.forward(q).event();
    assertArrayEquals(q, run.inverse(x), 1e-8);
  }

  @Property(tries = 200)
  void theJacobianIsTheDeterminant(@ForAll("transforms") Case c, @ForAll @IntRange(min = 2, max = 4) int n,
      @ForAll long seed) {
    var run = new Run(c, n);
    var q = run.position(seed);
    var free = c.free().of(n);
    var matrix = new double[q.length][q.length];
    double h = 1e-6;
    for (int j = 0; j < q.length; j++) {
      var up = q.clone();
      var down = q.clone();
      up[j] += h;
      down[j] -= h;
      var above = run.forward(up).event();
      var below = run.forward(down).event();
      for (int i = 0; i < q.length; i++) matrix[i][j] = (above[free.get(i)] - below[free.get(i)]) / (2 * h);
    }
    double expected = Math.log(Math.abs(determinant(matrix)));
    assertEquals(expected, run.forward(q).logJacobian() + c.shift().of(n), 1e-5);
  }

  @Property(tries = 100)
  void unitVectorsHaveLengthOne(@ForAll @IntRange(min = 1, max = 6) int n, @ForAll long seed) {
    var run = new Run(new Case("unit", new Transform.UnitVector(), 1, TransformProperties::all, NONE), n);
    double square = 0;
    for (double v : run.forward(run.position(seed)).event()) square += v * v;
    assertEquals(1, square, 1e-12);
  }

  /// One transform at one size, run by the interpreter.
  private static final class Run {
    private final int rawSize;
    private final Array q;
    private final Array x;
    private final Array given;
    private final Array back;
    private final Stmt.Block forward;
    private final Stmt.Block inverse;

    record Result(double[] event, double logJacobian) {}

    Run(Case c, int n) {
      var size = integer(n);
      var dims = java.util.Collections.nCopies(c.rank(), size);
      rawSize = ((ppl.ir.Expr.Int) c.transform().rawSize(size)).value();
      q = new Array("q", Kind.REAL, List.of(integer(rawSize)), Array.Role.ARGUMENT);
      back = new Array("back", Kind.REAL, List.of(integer(rawSize)), Array.Role.ARGUMENT);
      x = Array.computed("x", Kind.REAL, List.copyOf(dims));
      given = new Array("given", Kind.REAL, List.copyOf(dims), Array.Role.ARGUMENT);
      forward = Build.block(b -> {
        b.declare(x);
        b.add(new Stmt.Add(Array.TARGET, List.of(), c.transform().forward(
            b, new Transform.Raw(q, integer(0)), new Transform.Event(x, List.of()), size)));
      });
      inverse = Build.block(b -> c.transform().inverse(
          b, new Transform.Event(given, List.of()), new Transform.Raw(back, integer(0)), size));
    }

    double[] position(long seed) {
      var random = java.util.random.RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      var p = new double[rawSize];
      for (int i = 0; i < p.length; i++) p[i] = random.nextGaussian();
      return p;
    }

    Result forward(double[] p) {
      var i = new Interpreter(RandomGenerator.getDefault()).bind(q, p);
      double jacobian = i.run(forward);
      return new Result(i.values(x), jacobian);
    }

    double[] inverse(double[] event) {
      var out = new double[rawSize];
      new Interpreter(RandomGenerator.getDefault()).bind(given, event).bind(back, out).run(inverse);
      return out;
    }
  }

  private static double determinant(double[][] a) {
    int n = a.length;
    double det = 1;
    for (int k = 0; k < n; k++) {
      int p = k;
      for (int i = k + 1; i < n; i++) if (Math.abs(a[i][k]) > Math.abs(a[p][k])) p = i;
      var row = a[p];
      a[p] = a[k];
      a[k] = row;
      if (p != k) det = -det;
      det *= a[k][k];
      for (int i = k + 1; i < n; i++)
        for (int j = n - 1; j >= k; j--) a[i][j] -= a[i][k] / a[k][k] * a[k][j];
    }
    return det;
  }
}
