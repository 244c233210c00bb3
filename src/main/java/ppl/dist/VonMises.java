package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Expr;

/// The von Mises distribution of angles: `concentration cos(x - mean) - log(2 pi I0(concentration))`. Mardia and Jupp
/// (2000), "Directional Statistics", equation 3.5.17.
final class VonMises {
  private VonMises() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("VonMises", Domain.REAL, "exp(concentration cos(x - mean)) / (2 pi I0(concentration))",
          "Angles in radians, between -pi and pi.")
      .form(List.of(scalar("mean", Domain.REAL), scalar("concentration", Domain.NONNEGATIVE)),
          a -> law(a.scalar(0), a.scalar(1)));

  private static Law law(Expr mean, Expr concentration) {
    return Law.real(Support.interval(real(-Math.PI), real(Math.PI)), x -> sub(
            sub(mul(concentration, cos(sub(x, mean))), logBesselI0(concentration)), real(Math.log(2 * Math.PI))))
        .withTails(
            x -> log(sub(turned(sub(x, mean), concentration), turned(sub(real(-Math.PI), mean), concentration))),
            x -> log(sub(turned(sub(real(Math.PI), mean), concentration), turned(sub(x, mean), concentration))))
        .withDraw(b -> {
          var x = Draws.vonMises(b, mean, concentration);
          return sub(x, mul(real(2 * Math.PI), round(div(x, real(2 * Math.PI)))));
        });
  }

  /// The distribution function about 0 continued beyond -pi..pi: a full turn adds 1.
  private static Expr turned(Expr x, Expr concentration) {
    var turns = round(div(x, real(2 * Math.PI)));
    return add(turns, vonMises(sub(x, mul(real(2 * Math.PI), turns)), concentration));
  }
}
