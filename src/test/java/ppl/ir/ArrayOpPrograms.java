package ppl.ir;

import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Whole-array primitives on random arguments that they are defined for.
final class ArrayOpPrograms {
  private ArrayOpPrograms() {}

  /// Adds a call on arrays of extent `k` made of random scalars; `known` gets the result.
  static void call(Build b, Random random, String name, Expr k, Supplier<Expr> real, Consumer<Array> known) {
    switch (random.nextInt(8)) {
      case 0 -> known.accept(ArrayOps.cholesky(b, spd(b, name, k, real)));
      case 1 -> known.accept(ArrayOps.solveSpd(b, ArrayOps.cholesky(b, spd(b, name, k, real)), vector(b, k, real)));
      case 2 -> known.accept(ArrayOps.solve(b, regular(b, name, k, real), rhs(b, random, k, real)));
      case 3 -> known.accept(ArrayOps.inverse(b, regular(b, name, k, real)));
      case 4 -> b.add(new Stmt.Add(Array.TARGET, List.of(),
          add(ArrayOps.logDeterminant(b, regular(b, name, k, real)),
              ArrayOps.logDeterminantSpd(ArrayOps.cholesky(b, spd(b, name, k, real))))));
      case 5 -> known.accept(ArrayOps.multiply(b, regular(b, name, k, real), rhs(b, random, k, real)));
      case 6 -> known.accept(ArrayOps.sort(b, vector(b, k, real)).values());
      default -> known.accept(ArrayOps.solveLower(b, regular(b, name, k, real), rhs(b, random, k, real)));
    }
  }

  private static Expr small(Expr e) {
    return apply(Prim.TANH, e);
  }

  private static Array rhs(Build b, Random random, Expr k, Supplier<Expr> real) {
    return random.nextBoolean() ? vector(b, k, real) : regular(b, "b", k, real);
  }

  private static Array vector(Build b, Expr k, Supplier<Expr> real) {
    var e = real.get();
    return b.store("b", new Arr(Kind.REAL, List.of(k), at -> mul(add(real(1), toReal(at.get(0))), small(e))));
  }

  /// Elements that differ, a dominant diagonal.
  private static Array regular(Build b, String name, Expr k, Supplier<Expr> real) {
    var e = small(real.get());
    var f = small(real.get());
    return b.store(name, new Arr(Kind.REAL, List.of(k, k), at -> {
      var i = toReal(at.get(0));
      var j = toReal(at.get(1));
      var element = add(mul(e, add(i, real(0.5))), mul(f, sub(j, real(0.2))));
      return select(eq(at.get(0), at.get(1)), add(real(9), element), element);
    }));
  }

  private static Array spd(Build b, String name, Expr k, Supplier<Expr> real) {
    var e = small(real.get());
    var f = small(real.get());
    return b.store(name, new Arr(Kind.REAL, List.of(k, k), at -> {
      var i = toReal(at.get(0));
      var j = toReal(at.get(1));
      var element = add(mul(e, mul(i, j)), f);
      return select(eq(at.get(0), at.get(1)), add(real(9), element), element);
    }));
  }
}
