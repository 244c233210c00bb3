package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.ir.Exprs.*;

import java.util.function.UnaryOperator;
import ppl.ir.Arr;
import ppl.ir.Expr;

/// Laws made from simpler ones.
final class Transforms {
  private Transforms() {}

  /// The law of `location + scale * z` for an unbounded scalar `z`.
  static Law affine(Law z, Expr location, Expr scale) {
    UnaryOperator<Expr> standard = x -> div(sub(x, location), scale);
    return scaled(z, Support.REAL, standard, scale)
        .withMean(z.mean().map(m -> add(location, mul(scale, m.scalar()))))
        .withDraw(z, e -> add(location, mul(scale, e)))
        .withFrame(location, scale);
  }

  /// The law of `scale * z` for `z` of support [Support#POSITIVE] or [Support#NONNEGATIVE].
  static Law scaled(Law z, Expr scale) {
    return scaled(z, z.support(), x -> div(x, scale), scale)
        .withMean(z.mean().map(m -> mul(scale, m.scalar())))
        .withDraw(z, e -> mul(scale, e))
        .withFrame(log(scale), ONE);
  }

  private static Law scaled(Law z, Support support, UnaryOperator<Expr> standard, Expr scale) {
    var law = Law.real(support, x -> ZERO)
        .withDensity((b, x) -> sub(z.density().of(b, Arr.of(standard.apply(x.scalar()))), log(scale)))
        .withSd(z.sd().map(s -> mul(scale, s.scalar())));
    return z.tails().map(t -> law.withTails(t.after(standard))).orElse(law);
  }

  /// The law of |z| for a scalar `z` that is symmetric about 0.
  static Law folded(Law z) {
    var law = Law.real(Support.NONNEGATIVE, x -> ZERO)
        .withDensity((b, x) -> add(z.density().of(b, x), real(Math.log(2))))
        .withDraw(z, Functions::abs);
    return z.tails().map(t -> law.withTails(new Law.Tails(
        (b, x) -> log1mExp(add(t.above().of(b, x), real(Math.log(2)))),
        (b, x) -> add(t.above().of(b, x), real(Math.log(2)))))).orElse(law);
  }

  /// The law of exp(z) for an unbounded scalar `z`.
  static Law exponential(Law z) {
    var law = Law.real(Support.POSITIVE, x -> ZERO)
        .withDensity((b, x) -> {
          var log = log(x.scalar());
          return sub(z.density().of(b, Arr.of(log)), log);
        })
        .withDraw(z, e -> exp(e))
        .withFrame(z.frame());
    return z.tails().map(t -> law.withTails(t.after(x -> log(x)))).orElse(law);
  }

  /// Tails of a scalar law that is symmetric about 0, from log P(Z > z) for z >= 0.
  static Law.Tails symmetric(UnaryOperator<Expr> tail) {
    UnaryOperator<Expr> above = z -> select(lt(z, ZERO), log1mExp(tail.apply(neg(z))), tail.apply(z));
    return new Law.Tails((b, z) -> above.apply(neg(z)), (b, z) -> above.apply(z));
  }

  /// Tails of a law on the whole numbers from `lower` to `upper`, by adding its masses.
  static Law.Tails summed(UnaryOperator<Expr> mass, Expr lower, Expr upper) {
    return new Law.Tails(
        (b, x) -> logSumExp(add(sub(x, lower), integer(1)), k -> mass.apply(add(lower, k))),
        (b, x) -> logSumExp(sub(upper, x), k -> mass.apply(add(add(x, integer(1)), k))));
  }
}
