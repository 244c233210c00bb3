package ppl.emit;

import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Map;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Differentiate;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.ir.Unit;

/// The eight schools, non-centred, as the compiler gives them to the emitter; Rubin (1981).
final class EightSchools {
  static final double[] EFFECTS = {28, 8, -3, 7, -1, 1, 18, 12};
  static final double[] ERRORS = {15, 10, 16, 11, 9, 11, 10, 18};

  private EightSchools() {}

  static Unit unit() {
    var schools = new Array("J", Kind.INT, List.of(), Array.Role.DATA);
    var y = new Array("y", Kind.REAL, List.of(schools.read()), Array.Role.DATA);
    var sigma = new Array("sigma", Kind.REAL, List.of(schools.read()), Array.Role.DATA);
    var dims = List.of(add(schools.read(), integer(2)));
    var q = new Array("q", Kind.REAL, dims, Array.Role.ARGUMENT);
    var gradient = new Array("gradient", Kind.REAL, dims, Array.Role.ARGUMENT);
    var body = logDensity(schools, y, sigma, q);
    return new Unit("models.EightSchools", List.of(schools, y, sigma), List.of(), Stmt.Block.EMPTY, List.of(
        new Unit.Routine("logDensity", List.of(q), false, body),
        new Unit.Routine("gradient", List.of(q, gradient), false, Differentiate.gradient(body, Map.of(q, gradient)))));
  }

  static Object[] data() {
    return new Object[] {new int[] {8}, EFFECTS, ERRORS};
  }

  private static Stmt.Block logDensity(Array schools, Array y, Array sigma, Array q) {
    return Build.block(b -> {
      var mu = q.read(integer(0));
      var logTau = q.read(integer(1));
      var tau = b.array("tau", Kind.REAL, List.of());
      b.add(new Stmt.Set(tau, List.of(), exp(logTau)));
      b.add(target(normal(mu, ZERO, real(5))));
      b.add(target(logTau));
      b.add(target(sub(real(Math.log(2 / (Math.PI * 5))), apply(Prim.LOG1P, square(div(tau.read(), real(5)))))));
      var j = new Index("j");
      b.loops(List.of(j), List.of(schools.read()), at -> {
        var eta = q.read(add(at.getFirst(), integer(2)));
        var theta = add(mu, mul(tau.read(), eta));
        return Build.block(inner -> {
          inner.add(target(normal(eta, ZERO, ONE)));
          inner.add(target(normal(y.read(at), theta, sigma.read(at))));
        });
      });
    });
  }

  private static Stmt target(Expr term) {
    return new Stmt.Add(Array.TARGET, List.of(), term);
  }

  private static Expr normal(Expr x, Expr mean, Expr sd) {
    var z = div(sub(x, mean), sd);
    return sub(sub(mul(real(-0.5), square(z)), log(sd)), real(0.5 * Math.log(2 * Math.PI)));
  }
}
