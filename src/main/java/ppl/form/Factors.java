package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import ppl.ir.Expr;
import ppl.ir.Prim;

/// A product of powers with whole exponents other than 0.
///
/// @param exponents by factor, none itself a product; factors are the same if they are one node
record Factors(Map<Expr, Integer> exponents) {
  private record Open(Expr of, int exponent) {}

  static Factors of(Expr e) {
    return new Factors(new LinkedHashMap<>()).times(e);
  }

  Factors times(Expr e) {
    var all = new LinkedHashMap<>(exponents);
    var todo = new ArrayList<Open>();
    todo.add(new Open(e, 1));
    while (!todo.isEmpty()) {
      var next = todo.removeLast();
      int n = next.exponent;
      switch (next.of) {
        case Expr.Apply(Prim p, var args) when p == Prim.MUL || p == Prim.DIV -> {
          todo.add(new Open(args.get(1), p == Prim.MUL ? n : -n));
          todo.add(new Open(args.get(0), n));
        }
        case Expr.Apply(Prim p, var args) when p == Prim.NEG -> {
          if (n % 2 != 0) todo.add(new Open(real(-1), 1));
          todo.add(new Open(args.getFirst(), n));
        }
        case Expr other -> all.merge(other, n, (a, b) -> a + b == 0 ? null : (Integer) (a + b));
      }
    }
    return new Factors(all);
  }

  Factors without(Expr factor) {
    var rest = new LinkedHashMap<>(exponents);
    rest.remove(factor);
    return new Factors(rest);
  }

  Factors where(Predicate<Expr> wanted) {
    var some = new LinkedHashMap<>(exponents);
    some.keySet().removeIf(wanted.negate());
    return new Factors(some);
  }

  /// The product, with each exponent divided by `root`, which must divide them.
  Expr product(int root) {
    Expr above = ONE;
    Expr below = ONE;
    for (var f : exponents.entrySet())
      for (int n = Math.abs(f.getValue()) / root; n > 0; n--)
        if (f.getValue() > 0) above = mul(above, f.getKey());
        else below = mul(below, f.getKey());
    return below == ONE ? above : div(above, below);
  }

  Expr product() {
    return product(1);
  }
}
