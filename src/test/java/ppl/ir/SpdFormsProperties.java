package ppl.ir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static ppl.ir.Exprs.*;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// A quadratic form with its determinant as one operation has the value and the derivative of the factor and the solve
/// that it is stated by.
class SpdFormsProperties {
  private static final Array Q = new Array("q", Kind.REAL, List.of(integer(3)), Array.Role.ARGUMENT);
  private static final Array G = new Array("g", Kind.REAL, List.of(integer(3)), Array.Role.ARGUMENT);

  private enum Other { NONE, FACTOR, SOLUTION, EARLY }

  /// The density of a normal vector whose covariances and residuals depend on the position.
  private static Stmt.Block density(int size, Other other) {
    var n = integer(size);
    return Build.block(b -> {
      var a = b.store("a", new Arr(Kind.REAL, List.of(n, n), at -> {
        var distance = square(toReal(sub(at.get(0), at.get(1))));
        var element = exp(neg(mul(distance, exp(Q.read(integer(0))))));
        return select(eq(at.get(0), at.get(1)), add(element, exp(Q.read(integer(1)))), element);
      }));
      var l = ArrayOps.cholesky(b, a);
      var logs = sum(n, i -> log(l.read(i, i)));
      if (other == Other.EARLY) b.add(new Stmt.Add(Array.TARGET, List.of(), logs));
      var r = b.store("r", new Arr(Kind.REAL, List.of(n), at -> sub(apply(Prim.SIN, toReal(at.get(0))), Q.read(integer(2)))));
      var z = ArrayOps.solveLower(b, l, r);
      b.add(new Stmt.Add(Array.TARGET, List.of(), sub(mul(real(-0.5), sum(n, i -> square(z.read(i)))), logs)));
      if (other == Other.FACTOR) b.add(new Stmt.Add(Array.TARGET, List.of(), l.read(integer(0), integer(0))));
      if (other == Other.SOLUTION) b.add(new Stmt.Add(Array.TARGET, List.of(), z.read(integer(0))));
    });
  }

  private static double[] run(Stmt.Block body, double[] at) {
    var out = new double[3];
    double value = new Interpreter(new Random(1)).bind(Q, at).bind(G, out).run(Differentiate.gradient(body, Map.of(Q, G)));
    return new double[] {value, out[0], out[1], out[2]};
  }

  private static boolean factors(Stmt.Block body) {
    var found = new boolean[1];
    Stmts.walk(body, s -> found[0] |= s instanceof Stmt.Call call && call.op() == ArrayOps.CHOLESKY);
    return found[0];
  }

  @Property(tries = 60)
  void anOperationIsTheFactorAndTheSolve(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
    var body = density(size, Other.NONE);
    var fast = SpdForms.of(body);
    assertEquals(false, factors(fast));
    var at = new Random(seed).doubles(3, -1, 1).toArray();
    var expected = run(body, at);
    assertArrayEquals(expected, run(fast, at), 1e-10 * size, () -> Arrays.toString(expected));
  }

  @Property(tries = 20)
  void otherUsesKeepTheFactor(@ForAll Other other) {
    assertEquals(other != Other.NONE, factors(SpdForms.of(density(3, other))));
  }
}
