package ppl.dist;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// A distribution with its arguments: the law of one event, a scalar, vector or matrix. Everything is stated inside
/// the support; what holds outside is derived from the support.
///
/// @param dims     extents of the event
/// @param density  log density or log mass inside the support, every constant kept
/// @param tails    log probabilities of both sides, for scalar laws that have them
/// @param mean     mean, elementwise
/// @param sd       standard deviation, elementwise
/// @param draw     one random event, for forward simulation; improper laws have none
/// @param cholesky for a law of covariance or correlation matrices, the law of their lower Cholesky factors
/// @param frame    where a continuous law lies and how wide it is, for families that are one law moved and scaled
public record Law(
    Kind kind, List<Expr> dims, Support support, Density density, Optional<Tails> tails, Optional<Arr> mean,
    Optional<Arr> sd, Optional<Draw> draw, Optional<Law> cholesky, Optional<Frame> frame) {
  /// What a law is relative to. It may make statements.
  public sealed interface Frame {
    /// Of a scalar: the law of `(t(X) - location) / scale` has neither of both in it, where t is the identity for a support
    /// that is unbounded, and the logarithm of the distance from its bound for one that has one. Of a truncated law it is the
    /// distance from the bound in units of the scale, so that the support stays where it is.
    record Scalar(Expr location, Expr scale) implements Frame {}

    /// Of a vector: the elements of z are independent of each other and of the arguments, where X = location + A z.
    ///
    /// @param factor makes A, a triangular matrix
    record Vector(Arr location, Function<Build, Factor> factor) implements Frame {}
  }

  /// A triangular matrix A, or the inverse of one.
  public interface Factor {
    /// A z. Not stored.
    Arr times(Build b, Arr z);

    /// A^-1 x.
    Arr solve(Build b, Arr x);

    /// The logarithm of the size of a diagonal element of A.
    Expr logScale(Expr i);
  }

  /// Where the log density of an event is made; whatever needs statements puts them in `b`.
  @FunctionalInterface
  public interface Density {
    Expr of(Build b, Arr x);
  }

  /// Makes statements that draw, and gives the event that they drew.
  @FunctionalInterface
  public interface Draw {
    Arr in(Build b);
  }

  /// A function of a scalar variate that may need statements.
  @FunctionalInterface
  public interface OfScalar {
    Expr of(Build b, Expr x);
  }

  /// log P(X <= x) and log P(X > x) for `x` inside the support.
  public record Tails(OfScalar below, OfScalar above) {
    /// The tails of what `f`, which rises, brings to this variate.
    Tails after(UnaryOperator<Expr> f) {
      return new Tails((b, x) -> below.of(b, f.apply(x)), (b, x) -> above.of(b, f.apply(x)));
    }
  }

  public Law {
    dims = List.copyOf(dims);
  }

  /// A continuous scalar law.
  public static Law real(Support support, UnaryOperator<Expr> density) {
    return event(Kind.REAL, List.of(), support, (b, x) -> density.apply(x.scalar()));
  }

  /// A discrete scalar law; the variate is a whole number.
  public static Law integer(Support support, UnaryOperator<Expr> mass) {
    return event(Kind.INT, List.of(), support, (b, x) -> mass.apply(x.scalar()));
  }

  /// A law of vectors or matrices.
  public static Law event(Kind kind, List<Expr> dims, Support support, Density density) {
    return new Law(kind, dims, support, density, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty(), Optional.empty());
  }

  public Law withDensity(UnaryOperator<Expr> d) {
    return withDensity((b, x) -> d.apply(x.scalar()));
  }

  public Law withDensity(Density d) {
    return new Law(kind, dims, support, d, tails, mean, sd, draw, cholesky, frame);
  }

  /// log P(X <= x) and log P(X > x), each good where it is near 0 as well as where it is far below.
  public Law withTails(UnaryOperator<Expr> below, UnaryOperator<Expr> above) {
    return withTails(new Tails((b, x) -> below.apply(x), (b, x) -> above.apply(x)));
  }

  public Law withTails(Tails t) {
    return new Law(kind, dims, support, density, Optional.of(t), mean, sd, draw, cholesky, frame);
  }

  public Law withMean(Expr m) {
    return withMean(Arr.of(m));
  }

  public Law withMean(Arr m) {
    return new Law(kind, dims, support, density, tails, Optional.of(m), sd, draw, cholesky, frame);
  }

  /// The mean of a scalar law where it is known.
  public Law withMean(Optional<Expr> m) {
    return m.map(this::withMean).orElse(this);
  }

  public Law withSd(Expr s) {
    return withSd(Arr.of(s));
  }

  public Law withSd(Arr s) {
    return new Law(kind, dims, support, density, tails, mean, Optional.of(s), draw, cholesky, frame);
  }

  /// The standard deviation of a scalar law where it is known.
  public Law withSd(Optional<Expr> s) {
    return s.map(this::withSd).orElse(this);
  }

  /// A scalar draw made from one of another law, if that has any.
  public Law withDraw(Law from, UnaryOperator<Expr> f) {
    return from.draw.map(d -> withDraw(b -> f.apply(d.in(b).scalar()))).orElse(this);
  }

  /// A scalar draw as an expression in noise that the function stores first.
  public Law withDraw(Function<Build, Expr> d) {
    return withDraws(b -> Arr.of(d.apply(b)));
  }

  public Law withDraws(Draw d) {
    return new Law(kind, dims, support, density, tails, mean, sd, Optional.of(d), cholesky, frame);
  }

  public Law withCholesky(Law factor) {
    return new Law(kind, dims, support, density, tails, mean, sd, draw, Optional.of(factor), frame);
  }

  public Law withFrame(Expr location, Expr scale) {
    return withFrame(Optional.of(new Frame.Scalar(location, scale)));
  }

  public Law withFrame(Optional<Frame> f) {
    return new Law(kind, dims, support, density, tails, mean, sd, draw, cholesky, f);
  }

  public int rank() {
    return dims.size();
  }

  /// What this law can be asked for.
  public Set<Ability> abilities() {
    var all = EnumSet.noneOf(Ability.class);
    if (tails.isPresent()) all.add(Ability.TAILS);
    if (mean.isPresent()) all.add(Ability.MEAN);
    if (sd.isPresent()) all.add(Ability.SD);
    if (draw.isPresent()) all.add(Ability.DRAW);
    return all;
  }

  /// log density or log mass at any `x` of the event's type: negative infinity outside the support.
  public Expr logpdf(Build b, Arr x) {
    return inside(x, density.of(b, x));
  }

  /// log P(X <= x) at any scalar `x`.
  public Expr logcdf(Build b, Expr x) {
    return sides(x, tails().orElseThrow().below().of(b, x), Functions.NEVER, Exprs.ZERO);
  }

  /// log P(X > x) at any scalar `x`.
  public Expr logccdf(Build b, Expr x) {
    return sides(x, tails().orElseThrow().above().of(b, x), Exprs.ZERO, Functions.NEVER);
  }

  /// P(X <= x) at any scalar `x`. Where it is 0 its log, whose derivatives may be infinite there, has no part in its own.
  public Expr cdf(Build b, Expr x) {
    var log = logcdf(b, x);
    return Exprs.select(Exprs.eq(log, Functions.NEVER), Exprs.ZERO, Exprs.exp(log));
  }

  /// Statements that draw an event into the elements of `out` that begin with the subscripts `at`.
  public void draw(Build b, Array out, List<Expr> at) {
    var event = draw.orElseThrow().in(b);
    b.loops(event.indices("i"), event.dims(), i -> {
      var all = new ArrayList<>(at);
      all.addAll(i);
      return new Stmt.Set(out, all, event.at(i));
    });
  }

  private Expr inside(Arr x, Expr value) {
    return Exprs.select(support.contains(x), value, Functions.NEVER);
  }

  private Expr sides(Expr x, Expr value, Expr beneath, Expr beyond) {
    var open = support instanceof Support.Reals r && r.open();
    var v = support.upper().map(u -> Exprs.select(Exprs.le(u, x), beyond, value)).orElse(value);
    return support.lower()
        .map(l -> Exprs.select(open ? Exprs.le(x, l) : Exprs.lt(x, l), beneath, v))
        .orElse(v);
  }

}
