package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import ppl.ir.Expr;
import ppl.ir.Prim;

/// A summand as a product of what every lane has in common and of the rest: the sum of the rest is multiplied once.
///
/// @param constant a common factor
/// @param up       common factors
/// @param down     common divisors
record Common(double constant, List<Expr> up, List<Expr> down, Expr rest) {
  /// @param varies whether lanes differ in a value
  /// @param known  what is not taken apart
  static Common of(Expr e, Predicate<Expr> varies, Predicate<Expr> known) {
    if (e instanceof Expr.Real(double c)) return new Common(c, List.of(), List.of(), ONE);
    if (!varies.test(e)) return new Common(1, List.of(e), List.of(), ONE);
    if (known.test(e) || !(e instanceof Expr.Apply(Prim p, var args))) return whole(e);
    return switch (p) {
      case NEG -> of(args.get(0), varies, known).times(-1);
      case MUL -> {
        var a = of(args.get(0), varies, known);
        var b = of(args.get(1), varies, known);
        yield new Common(a.constant * b.constant, both(a.up, b.up), both(a.down, b.down), mul(a.rest, b.rest));
      }
      case DIV -> {
        var a = of(args.get(0), varies, known);
        var b = args.get(1);
        yield varies.test(b) ? new Common(a.constant, a.up, a.down, div(a.rest, b))
            : new Common(a.constant, a.up, both(a.down, List.of(b)), a.rest);
      }
      case ADD -> sum(of(args.get(0), varies, known), of(args.get(1), varies, known));
      case SUB -> sum(of(args.get(0), varies, known), of(args.get(1), varies, known).times(-1));
      default -> whole(e);
    };
  }

  /// Nothing in common.
  static Common whole(Expr e) {
    return new Common(1, List.of(), List.of(), e);
  }

  private Common times(double c) {
    return new Common(c * constant, up, down, rest);
  }

  private static Common sum(Common a, Common b) {
    var up = shared(a.up, b.up);
    var down = shared(a.down, b.down);
    var x = a.without(up, down);
    var y = b.without(up, down);
    if (x.constant == 0) return new Common(1, up, down, add(x.whole(), y.whole()));
    return new Common(x.constant, up, down, add(x.times(1 / x.constant).whole(), y.times(1 / x.constant).whole()));
  }

  private Common without(List<Expr> factors, List<Expr> divisors) {
    return new Common(constant, less(up, factors), less(down, divisors), rest);
  }

  private static List<Expr> shared(List<Expr> a, List<Expr> b) {
    return less(a, less(a, b));
  }

  private static List<Expr> less(List<Expr> a, List<Expr> b) {
    var left = new ArrayList<>(a);
    for (var x : b) left.stream().filter(y -> Equal.of(x, y)).findFirst().ifPresent(left::remove);
    return left;
  }

  private static List<Expr> both(List<Expr> a, List<Expr> b) {
    var all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  private Expr whole() {
    return of(rest);
  }

  /// Whether the sum of the rest is multiplied by nothing larger than 1.
  boolean isPlain() {
    return up.isEmpty() && down.isEmpty() && Math.abs(constant) <= 1;
  }

  /// The whole, given the sum of the rest.
  Expr of(Expr sum) {
    Expr e = mul(real(constant), sum);
    for (var factor : up) e = mul(factor, e);
    for (var divisor : down) e = div(e, divisor);
    return e;
  }
}
