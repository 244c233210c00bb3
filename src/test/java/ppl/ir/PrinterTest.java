package ppl.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrinterTest {
  private static final Array N = new Array("N", Kind.INT, List.of(), Array.Role.DATA);
  private static final Array Y = new Array("y", Kind.REAL, List.of(N.read()), Array.Role.DATA);
  private static final Array Q = new Array("q", Kind.REAL, List.of(integer(2)), Array.Role.ARGUMENT);
  private static final Array G = new Array("g", Kind.REAL, List.of(integer(2)), Array.Role.ARGUMENT);

  private static Stmt.Block normal() {
    return Build.block(b -> {
      var sigma = b.store("sigma", Arr.of(exp(Q.read(integer(1)))));
      b.loops(List.of(new Index("i")), List.of(N.read()), at -> {
        var z = div(sub(Y.read(at), Q.read(integer(0))), sigma.read());
        return new Stmt.Add(Array.TARGET, List.of(), sub(mul(real(-0.5), square(z)), log(sigma.read())));
      });
    });
  }

  @Test
  void statementsReadLikeMathematics() {
    assertEquals("""
        var sigma : real
        sigma = exp(q[1])
        for each i in 0 ..< N {
          let t1 = (y[i] - q[0]) / sigma
          target += -0.5 * (t1 * t1) - log(sigma)
        }
        """, Printer.print(normal()));
  }

  @Test
  void aGradientStandsInTheLoopOfItsValue() {
    assertEquals("""
        var sigma : real
        var d_sigma : real
        g[..] = 0
        d_sigma[..] = 0
        sigma = exp(q[1])
        for each i in 0 ..< N {
          let t1 = (y[i] - q[0]) / sigma
          target += -0.5 * (t1 * t1) - log(sigma)
          g[0] += (y[i] - q[0]) / sigma / sigma
          let t1 = (y[i] - q[0]) / sigma
          d_sigma += t1 * (t1 / sigma) + -1 / sigma
        }
        g[1] += d_sigma * exp(q[1])
        """, Printer.print(Differentiate.gradient(normal(), Map.of(Q, G))));
  }

  @Test
  void unitsListTheirDataAndRoutines() {
    var routine = new Unit.Routine("logDensity", List.of(Q), false, Stmt.Block.EMPTY);
    var unit = new Unit("M", List.of(N, Y), List.of(), Stmt.Block.EMPTY, List.of(routine));
    assertEquals("""
        unit M
        data N : int
        data y : real[N]
        prepare {
        }
        logDensity(q : real[2]) {
        }
        """, Printer.print(unit));
  }

  @Test
  void operatorsKeepTheirParentheses() {
    var a = Q.read(integer(0));
    var b = Q.read(integer(1));
    assertEquals("(q[0] - q[1]) * q[0]", Printer.print(mul(sub(a, b), a)));
    assertEquals("q[0] - (q[1] - q[0])", Printer.print(new Expr.Apply(Prim.SUB, List.of(a, sub(b, a)))));
    assertEquals("q[0] / (q[1] * q[0])", Printer.print(div(a, mul(b, a))));
    assertEquals("(q[0] + q[1]) ^ q[0]", Printer.print(pow(add(a, b), a)));
    assertEquals("q[0] < q[1] ? q[0] : q[1]", Printer.print(select(lt(a, b), a, b)));
    assertEquals("sum(k in 0 ..< N : let t1 = y[k] - q[0]; t1 * t1)",
        Printer.print(sum(N.read(), k -> square(sub(Y.read(k), a)))));
  }
}
