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

/// A matrix that is factored and not used again needs no upper part: value and derivative are the same without.
class LowerPartsProperties {
  private static final Array Q = new Array("q", Kind.REAL, List.of(integer(2)), Array.Role.ARGUMENT);
  private static final Array G = new Array("g", Kind.REAL, List.of(integer(2)), Array.Role.ARGUMENT);

  /// @param form  whether factor and solve are one operation
  /// @param upper whether an element above the diagonal is read
  private static Stmt.Block density(int size, boolean form, boolean upper) {
    var n = integer(size);
    var block = Build.block(b -> {
      var a = b.store("a", new Arr(Kind.REAL, List.of(n, n), at -> {
        var element = exp(neg(mul(square(toReal(sub(at.get(0), at.get(1)))), exp(Q.read(integer(0))))));
        return select(eq(at.get(0), at.get(1)), add(element, exp(Q.read(integer(1)))), element);
      }));
      var l = ArrayOps.cholesky(b, a);
      var r = b.store("r", new Arr(Kind.REAL, List.of(n), at -> apply(Prim.SIN, toReal(at.get(0)))));
      var z = ArrayOps.solveLower(b, l, r);
      b.add(new Stmt.Add(Array.TARGET, List.of(), add(sum(n, i -> square(z.read(i))), sum(n, i -> log(l.read(i, i))))));
      if (upper) b.add(new Stmt.Add(Array.TARGET, List.of(), a.read(integer(0), integer(size - 1))));
    });
    return form ? SpdForms.of(block) : block;
  }

  private static double[] run(Stmt.Block body, double[] at) {
    var out = new double[2];
    double value = new Interpreter(new Random(1)).bind(Q, at).bind(G, out).run(Differentiate.gradient(body, Map.of(Q, G)));
    return new double[] {value, out[0], out[1]};
  }

  /// Whether a loop ends where another one stands.
  private static boolean isLimited(Stmt.Block body) {
    var found = new boolean[1];
    Stmts.walk(body, s -> found[0] |= s instanceof Stmt.For f && !new Graph.Free().of(f.to()).isEmpty());
    return found[0];
  }

  @Property(tries = 40)
  void theUpperPartIsNotMissed(@ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int size, @ForAll boolean form,
      @ForAll boolean upper) {
    var body = density(size, form, upper);
    var lower = LowerParts.of(body);
    assertEquals(!upper, isLimited(lower));
    var at = new Random(seed).doubles(2, -1, 1).toArray();
    var expected = run(body, at);
    assertArrayEquals(expected, run(lower, at), 1e-11 * size, () -> Arrays.toString(expected));
  }
}
