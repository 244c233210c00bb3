package ppl.lower;

import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Stmt;
import ppl.typed.Doubt;
import ppl.typed.TDist;

/// Tests arguments of a law that nothing in the text keeps where the law has a meaning: elsewhere the log density is
/// negative infinity, whatever its formula gives. What data alone decide is a summand of its own, so that the density is
/// what it would be without.
record Proper(List<Arguments.Argument> known, List<Arguments.Argument> uncertain) {
  static Proper of(TDist dist, Expressions expressions, Build b, Scope scope) {
    return new Proper(
        new Arguments(expressions, e -> expressions.doubt(e).filter(d -> !d.uncertain()).isPresent()).of(dist, b, scope),
        new Arguments(expressions, e -> expressions.doubt(e).filter(Doubt::uncertain).isPresent()).of(dist, b, scope));
  }

  /// Whether nothing is tested.
  boolean isCertain() {
    return known.isEmpty() && uncertain.isEmpty();
  }

  /// A density, where the arguments that depend on unknowns have a meaning.
  Expr of(Build b, List<Expr> batch, Expr density) {
    return where(uncertain, b, batch, density);
  }

  /// Adds the tests of the other arguments.
  void test(Build b, List<Expr> batch) {
    for (var a : known) b.add(new Stmt.Add(Array.TARGET, List.of(), where(List.of(a), b, batch, ZERO)));
  }

  /// A density, where all arguments have a meaning.
  Expr wholly(Build b, List<Expr> batch, Expr density) {
    return where(known, b, batch, of(b, batch, density));
  }

  /// Any other real number, where all arguments have a meaning; elsewhere there is none.
  Expr number(Build b, List<Expr> batch, Expr value) {
    return holds(b, batch).map(c -> select(c, value, real(Double.NaN))).orElse(value);
  }

  /// Whether all arguments have a meaning; empty where that is certain.
  Optional<Expr> holds(Build b, List<Expr> batch) {
    return Stream.of(known, uncertain).flatMap(List::stream).map(a -> a.wholly(b, batch)).reduce((x, y) -> and(x, y));
  }

  private static Expr where(List<Arguments.Argument> arguments, Build b, List<Expr> batch, Expr density) {
    return arguments.stream().map(a -> a.holds(b, batch)).reduce((x, y) -> and(x, y))
        .map(c -> select(c, density, real(Double.NEGATIVE_INFINITY))).orElse(density);
  }
}
