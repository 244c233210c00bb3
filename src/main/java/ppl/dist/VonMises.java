package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Expr;

/// The von Mises distribution of angles: `concentration cos(x - mean) - log(2 pi I0(concentration))`. Mardia and Jupp
/// (2000), "Directional Statistics", equation 3.5.17.
final class VonMises {
  private static final Expr TURN = real(2 * Math.PI);

  private VonMises() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("VonMises", Domain.REAL, "exp(concentration cos(x - mean)) / (2 pi I0(concentration))",
          "Angles in radians, between -pi and pi.")
      .form(List.of(scalar("mean", Domain.REAL), scalar("concentration", Domain.NONNEGATIVE)),
          a -> law(a.scalar(0), a.scalar(1)));

  private static Law law(Expr mean, Expr concentration) {
    var centre = sub(mean, turns(mean));
    return Law.real(Support.interval(real(-Math.PI), real(Math.PI)), x -> sub(
            sub(mul(concentration, cos(sub(x, mean))), logBesselI0(concentration)), real(Math.log(2 * Math.PI))))
        .withTails(
            x -> logOf(below(x, centre, concentration), above(x, centre, concentration)),
            x -> logOf(above(x, centre, concentration), below(x, centre, concentration)))
        .withDraw(b -> {
          var x = Draws.vonMises(b, mean, concentration);
          return sub(x, turns(x));
        });
  }

  private static Expr below(Expr x, Expr centre, Expr concentration) {
    return sub(turned(sub(x, centre), concentration), turned(sub(real(-Math.PI), centre), concentration));
  }

  private static Expr above(Expr x, Expr centre, Expr concentration) {
    return sub(turned(sub(centre, x), concentration), turned(sub(centre, real(Math.PI)), concentration));
  }

  /// log p, where `other` is 1 - p: from the smaller of the two.
  private static Expr logOf(Expr p, Expr other) {
    return select(lt(p, other), log(p), log1m(other));
  }

  /// The distribution function about 0 continued beyond -pi..pi: a full turn adds 1. Exact next to 0: the tail above is
  /// that below of the mirrored angle.
  private static Expr turned(Expr x, Expr concentration) {
    var turns = round(div(x, TURN));
    var rest = sub(x, turns(x));
    return select(lt(ZERO, rest), sub(add(turns, ONE), vonMises(neg(rest), concentration)),
        add(turns, vonMises(rest, concentration)));
  }

  /// The whole turns in an angle.
  private static Expr turns(Expr x) {
    return mul(TURN, round(div(x, TURN)));
  }
}
