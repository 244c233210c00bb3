package ppl.ir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/// Each whole-array primitive alone: what it means, and its adjoint against differences.
class ArrayOpsTest {
  private static final Expr N = integer(3);
  private static final Array Q = new Array("q", Kind.REAL, List.of(N), Array.Role.ARGUMENT);
  private static final Array G = new Array("g", Kind.REAL, List.of(N), Array.Role.ARGUMENT);
  private static final double[] START = {0.3, -0.7, 1.1};

  /// A symmetric positive definite matrix that depends on the position.
  private static Array spd(Build b) {
    return b.store("a", new Arr(Kind.REAL, List.of(N, N), at -> {
      var diagonal = add(real(3), mul(real(2), toReal(at.get(0))));
      var outer = mul(Q.read(at.get(0)), Q.read(at.get(1)));
      return select(eq(at.get(0), at.get(1)), add(outer, diagonal), outer);
    }));
  }

  private static Array general(Build b) {
    return b.store("a", new Arr(Kind.REAL, List.of(N, N), at -> {
      var slope = add(toReal(at.get(1)), real(1));
      return select(eq(at.get(0), at.get(1)), real(4), mul(Q.read(at.get(0)), slope));
    }));
  }

  private static Expr weighted(Array a) {
    return a.rank() == 1
        ? sum(N, i -> mul(a.read(i), weight(i, integer(0))))
        : sum(N, i -> sum(N, j -> mul(a.read(i, j), weight(i, j))));
  }

  private static Expr weight(Expr i, Expr j) {
    return apply(Prim.SIN, add(add(toReal(i), real(1)), mul(real(2), toReal(j))));
  }

  private static void assertGradient(BiFunction<Build, Array, Expr> f, boolean symmetric) {
    var block = Build.block(b -> {
      var target = f.apply(b, symmetric ? spd(b) : general(b));
      b.add(new Stmt.Add(Array.TARGET, List.of(), target));
    });
    var g = new double[3];
    new Interpreter(new Random(1)).bind(Q, START).bind(G, g).run(Differentiate.gradient(block, Map.of(Q, G)));
    for (int i = 0; i < 3; i++) assertEquals(difference(block, i), g[i], 1e-7 * (1 + Math.abs(g[i])));
  }

  private static double difference(Stmt.Block block, int i) {
    double h = 1e-5;
    var up = START.clone();
    var down = START.clone();
    up[i] += h;
    down[i] -= h;
    var in = new Interpreter(new Random(1));
    return (in.bind(Q, up).run(block) - in.bind(Q, down).run(block)) / (2 * h);
  }

  private static Array vector(Build b) {
    return b.store("b", new Arr(Kind.REAL, List.of(N), at -> apply(Prim.COS, Q.read(at))));
  }

  @Test
  void adjointsAreLimitsOfDifferences() {
    assertGradient((b, a) -> weighted(ArrayOps.cholesky(b, a)), true);
    assertGradient((b, a) -> logDet(b, a), true);
    assertGradient((b, a) -> weighted(ArrayOps.solveSpd(b, ArrayOps.cholesky(b, a), vector(b))), true);
    assertGradient((b, a) -> weighted(ArrayOps.solveLower(b, a, vector(b))), false);
    assertGradient((b, a) -> weighted(ArrayOps.solveLowerTransposed(b, a, vector(b))), false);
    assertGradient((b, a) -> weighted(ArrayOps.solve(b, a, vector(b))), false);
    assertGradient((b, a) -> weighted(ArrayOps.solve(b, a, spd(b))), false);
    assertGradient((b, a) -> weighted(ArrayOps.inverse(b, a)), false);
    assertGradient((b, a) -> ArrayOps.logDeterminant(b, a), false);
    assertGradient((b, a) -> weighted(ArrayOps.multiply(b, a, spd(b))), false);
    assertGradient((b, a) -> weighted(ArrayOps.multiply(b, a, vector(b))), false);
    assertGradient((b, a) -> weighted(ArrayOps.eigen(b, a).values()), true);
    assertGradient((b, a) -> weighted(ArrayOps.eigen(b, a).vectors()), true);
    assertGradient((b, a) -> weighted(ArrayOps.sort(b, vector(b)).values()), true);
  }

  private static Expr logDet(Build b, Array a) {
    return ArrayOps.logDeterminantSpd(ArrayOps.cholesky(b, a));
  }

  @Test
  void resultsSolveTheirEquations() {
    var in = new Interpreter(new Random(1)).bind(Q, START);
    var b = new Build();
    var a = spd(b);
    var rhs = vector(b);
    var back = ArrayOps.multiply(b, a, ArrayOps.solve(b, a, rhs));
    var spdBack = ArrayOps.multiply(b, a, ArrayOps.solveSpd(b, ArrayOps.cholesky(b, a), rhs));
    var unit = ArrayOps.multiply(b, a, ArrayOps.inverse(b, a));
    var sorted = ArrayOps.sort(b, rhs);
    b.add(new Stmt.Add(Array.TARGET, List.of(), sub(ArrayOps.logDeterminant(b, a), logDet(b, a))));
    assertEquals(0, in.run(b.block()), 1e-12);
    assertArrayEquals(in.values(rhs), in.values(back), 1e-12);
    assertArrayEquals(in.values(rhs), in.values(spdBack), 1e-12);
    assertArrayEquals(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, in.values(unit), 1e-12);
    assertArrayEquals(new double[] {2, 1, 0}, in.values(sorted.from()));
  }
}
