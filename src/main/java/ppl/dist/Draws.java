package ppl.dist;

import static ppl.ir.Exprs.*;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.ir.Method;
import ppl.ir.Sampler;
import ppl.ir.Stmt;
import ppl.math.IntSamplers;
import ppl.math.Samplers;

/// Noise: random scalars that are stored where they are drawn, and expressions that read them. Laws make their draws
/// from these few.
public final class Draws {
  private Draws() {}

  private static final Sampler UNIFORM =
      real("uniform", 2, (r, a) -> Samplers.uniform(r, a[0], a[1]));
  private static final Sampler NORMAL = real("normal", 2, (r, a) -> Samplers.normal(r, a[0], a[1]));
  private static final Sampler GAMMA = real("gamma", 2, (r, a) -> Samplers.gamma(r, a[0], a[1]));
  private static final Sampler LOG_GAMMA = real("logGamma", 1, (r, a) -> Samplers.logGamma(r, a[0]));
  private static final Sampler BETA = real("beta", 2, (r, a) -> Samplers.beta(r, a[0], a[1]));
  private static final Sampler VON_MISES = real("vonMises", 2, (r, a) -> Samplers.vonMises(r, a[0], a[1]));
  private static final Sampler BINOMIAL = whole(
      "binomial", List.of(Kind.INT, Kind.REAL), (r, a) -> IntSamplers.binomial(r, (int) a[0], a[1]));
  private static final Sampler POISSON =
      whole("poisson", List.of(Kind.REAL), (r, a) -> IntSamplers.poisson(r, a[0]));
  private static final Sampler BETWEEN = whole(
      "discreteUniform", List.of(Kind.INT, Kind.INT), (r, a) -> IntSamplers.discreteUniform(r, (int) a[0], (int) a[1]));

  /// Uniform on the open unit interval.
  static Expr uniform(Build b) {
    return draw(b, UNIFORM, ZERO, ONE);
  }

  static Expr normal(Build b) {
    return draw(b, NORMAL, ZERO, ONE);
  }

  /// Gamma of rate 1.
  static Expr gamma(Build b, Expr shape) {
    return draw(b, GAMMA, shape, ONE);
  }

  /// The log of a gamma variate of rate 1, also where the variate itself underflows.
  static Expr logGamma(Build b, Expr shape) {
    return draw(b, LOG_GAMMA, shape);
  }

  static Expr beta(Build b, Expr shape1, Expr shape2) {
    return draw(b, BETA, shape1, shape2);
  }

  /// Within pi of the mean.
  static Expr vonMises(Build b, Expr mean, Expr concentration) {
    return draw(b, VON_MISES, mean, concentration);
  }

  static Expr binomial(Build b, Expr n, Expr p) {
    return draw(b, BINOMIAL, n, p);
  }

  static Expr poisson(Build b, Expr rate) {
    return draw(b, POISSON, rate);
  }

  /// One of the whole numbers from `lower` to `upper`.
  static Expr between(Build b, Expr lower, Expr upper) {
    return draw(b, BETWEEN, lower, upper);
  }

  /// A position in `weights`, counted from 1, drawn in proportion to the weight there.
  public static Expr category(Build b, Arr weights) {
    var size = weights.dims().getFirst();
    var sums = b.array("sums", Kind.REAL, List.of(size));
    Matrices.sequential(b, size, (body, k) -> body.add(new Stmt.Set(sums, List.of(k), add(
        weights.at(k), select(eq(k, integer(0)), ZERO, sums.read(sub(k, integer(1))))))));
    var u = mul(uniform(b), sums.read(sub(size, integer(1))));
    return stored(b, add(integer(1), sum(sub(size, integer(1)), k -> le(sums.read(k), u))));
  }

  /// Keeps a value, so that it is computed once.
  static Expr stored(Build b, Expr value) {
    return b.store("kept", Arr.of(value)).read();
  }

  private static Expr draw(Build b, Sampler sampler, Expr... args) {
    var to = b.array(sampler.name(), sampler.result(), List.of());
    b.add(new Stmt.Draw(sampler, to, List.of(), List.of(args)));
    return to.read();
  }

  private static Sampler real(String name, int arguments, Sampler.Value value) {
    return sampler("ppl/math/Samplers", name, Collections.nCopies(arguments, Kind.REAL), Kind.REAL, value);
  }

  private static Sampler whole(String name, List<Kind> parameters, Sampler.Value value) {
    return sampler("ppl/math/IntSamplers", name, parameters, Kind.INT, value);
  }

  /// The descriptor follows from the kinds.
  private static Sampler sampler(
      String owner, String name, List<Kind> parameters, Kind result, Sampler.Value value) {
    var types = parameters.stream().map(Draws::type).collect(Collectors.joining());
    var descriptor = "(Ljava/util/random/RandomGenerator;" + types + ")" + type(result);
    return new Sampler(name, parameters, result, value, new Method(owner, name, descriptor));
  }

  private static String type(Kind kind) {
    return switch (kind) {
      case INT -> "I";
      case REAL -> "D";
    };
  }
}
