package ppl.kernels;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;
import static ppl.kernels.ElementaryLanes.*;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// [Special] on vectors, operation by operation, so that bits are equal; each function gives the number of elements that
/// are done.
///
/// What is inlined into a compiled method has a limit, beyond which vectors become objects. So a long function is a
/// sequence of passes that are called where nobody knows which is next, and are then compiled each on its own.
final class SpecialLanes {
  /// A loop over the first `end` elements, from `x`, and a second argument `b`, to `y` and `work`.
  private interface Pass {
    void run(double[] x, double[] b, double[] y, double[] work, int end);
  }

  private static final DoubleVector PLAIN = of(Special.PLAIN), GONE = of(Special.GONE), LARGE = of(Special.LARGE),
      FAR = of(Special.FAR), ROOT = of(Special.ROOT), FOUR = of(4), DENSITY = of(Special.DENSITY),
      STIRLING = of(Special.STIRLING), INFINITY = of(Double.POSITIVE_INFINITY), NAN = of(Double.NaN),
      HIGH = of(Elementary.LN2_HIGH), LOW = of(Elementary.LN2_LOW), THREE = of(3), FIVE = of(5), SIX = of(6), SEVEN = of(7),
      EIGHT = of(8);

  private static final Pass EXP = (x, b, y, work, end) -> MapLanes.exp(y, y, end);
  private static final Pass LOG = (x, b, y, work, end) -> MapLanes.log(y, y, end);
  private static final Pass TAIL = (x, b, y, work, end) -> tail(work, end);
  private static final Pass[] ERFC = {(x, b, y, work, end) -> square(x, y, work, 1, end), EXP, SpecialLanes::correction,
      (x, b, y, work, end) -> place(x, work, 1, end), TAIL, (x, b, y, work, end) -> divide(x, work, 1, end), SpecialLanes::erfc};
  private static final Pass[] ERF = with(ERFC, SpecialLanes::erf);
  private static final Pass[] PHI = {(x, b, y, work, end) -> square(x, y, work, 0.5, end), EXP, SpecialLanes::correction,
      (x, b, y, work, end) -> place(x, work, Special.ROOT, end), TAIL,
      (x, b, y, work, end) -> divide(x, work, Special.ROOT, end), SpecialLanes::phi};
  private static final Pass[] LOG_PHI = with(PHI, SpecialLanes::logPhi, LOG, SpecialLanes::add);
  private static final Pass[] LOG_PHI_SLOPE = with(PHI, SpecialLanes::logPhiSlope);
  private static final Pass[] LGAMMA = {SpecialLanes::recurrence, SpecialLanes::ends, LOG, SpecialLanes::gammaNear,
      SpecialLanes::lgammaNear, SpecialLanes::lgammaFar, SpecialLanes::lgammaEdge};
  private static final Pass[] DIGAMMA = {(x, b, y, work, end) -> MapLanes.log(x, y, end), SpecialLanes::digammaFar,
      SpecialLanes::digammaNear, SpecialLanes::below, (x, b, y, work, end) -> above(x, y, end, 1),
      (x, b, y, work, end) -> above(x, y, end, 4), SpecialLanes::digammaEdge};
  private static final Pass[] POW = {SpecialLanes::logarithm, SpecialLanes::times, EXP, SpecialLanes::power};

  private SpecialLanes() {}

  /// With others in place of the last.
  private static Pass[] with(Pass[] passes, Pass... last) {
    var all = Arrays.copyOf(passes, passes.length - 1 + last.length);
    System.arraycopy(last, 0, all, passes.length - 1, last.length);
    return all;
  }

  private static int run(Pass[] passes, double[] x, double[] b, double[] y, double[] work, int n) {
    int end = S.loopBound(n);
    for (var p : passes) p.run(x, b, y, work, end);
    return end;
  }

  private static DoubleVector at(double[] x, int i) {
    return DoubleVector.fromArray(S, x, i);
  }

  static int expm1(double[] x, double[] y, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      var v = at(x, i);
      if (v.abs().compare(LE, PLAIN).allTrue()) ElementaryLanes.expm1(v).intoArray(y, i);
      else for (int k = i; k < i + L; k++) y[k] = Special.expm1(x[k]);
    }
    return end;
  }

  static int tanh(double[] x, double[] y, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      var v = at(x, i);
      var a = v.abs().mul(TWO);
      var e = ElementaryLanes.expm1(a.blend(GONE, a.compare(GT, GONE)).neg());
      var t = e.neg().div(e.add(TWO));
      t.blend(t.neg(), v.compare(LT, ZERO)).intoArray(y, i);
    }
    return end;
  }

  static int erf(double[] x, double[] y, double[] work, int n) {
    return run(ERF, x, x, y, work, n);
  }

  static int erfc(double[] x, double[] y, double[] work, int n) {
    return run(ERFC, x, x, y, work, n);
  }

  static int phi(double[] x, double[] y, double[] work, int n) {
    return run(PHI, x, x, y, work, n);
  }

  static int logPhi(double[] x, double[] y, double[] work, int n) {
    return run(LOG_PHI, x, x, y, work, n);
  }

  static int logPhiSlope(double[] x, double[] y, double[] work, int n) {
    return run(LOG_PHI_SLOPE, x, x, y, work, n);
  }

  static int lgamma(double[] x, double[] y, double[] work, int n) {
    return run(LGAMMA, x, x, y, work, n);
  }

  static int digamma(double[] x, double[] y, double[] work, int n) {
    return run(DIGAMMA, x, x, y, work, n);
  }

  static int pow(double[] x, double[] b, double[] y, double[] work, int n) {
    return run(POW, x, b, y, work, n);
  }

  /// -scale x^2, and what its rounding left.
  private static void square(double[] x, double[] y, double[] work, double scale, int end) {
    var minus = of(-scale);
    for (int i = 0; i < end; i += L) {
      var a = at(x, i).abs();
      a = a.blend(GONE, a.compare(GT, GONE));
      var square = a.mul(a);
      minus.mul(square).intoArray(y, i);
      minus.mul(a.fma(a, square.neg())).intoArray(work, i);
    }
  }

  private static void correction(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L) {
      var e = at(y, i);
      at(work, i).fma(e, e).intoArray(y, i);
    }
  }

  private static DoubleVector size(double[] x, int i, DoubleVector factor) {
    var a = factor.mul(at(x, i)).abs();
    return a.blend(LARGE, a.compare(GT, LARGE));
  }

  private static void place(double[] x, double[] u, double factor, int end) {
    var f = of(factor);
    for (int i = 0; i < end; i += L) {
      var a = size(x, i, f);
      a.sub(FOUR).div(a.add(FOUR)).intoArray(u, i);
    }
  }

  private static void tail(double[] u, int end) {
    for (int i = 0; i < end; i += L) PolynomialLanes.tail(at(u, i)).intoArray(u, i);
  }

  private static void divide(double[] x, double[] u, double factor, int end) {
    var f = of(factor);
    for (int i = 0; i < end; i += L) at(u, i).div(TWO.fma(size(x, i, f), ONE)).intoArray(u, i);
  }

  private static void erfc(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L) {
      var t = at(y, i).mul(at(work, i));
      t.blend(TWO.sub(t), at(x, i).compare(LT, ZERO)).intoArray(y, i);
    }
  }

  private static void erf(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L) {
      var v = at(x, i);
      var t = ONE.sub(at(y, i).mul(at(work, i)));
      t = t.blend(t.neg(), v.compare(LT, ZERO));
      t.blend(v.mul(PolynomialLanes.center(v.mul(v))), v.abs().compare(LT, ONE)).intoArray(y, i);
    }
  }

  private static void phi(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L) {
      var t = HALF.mul(at(y, i).mul(at(work, i)));
      t.blend(ONE.sub(t), at(x, i).compare(GT, ZERO)).intoArray(y, i);
    }
  }

  private static void logPhiSlope(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L) {
      var g = HALF.mul(at(work, i));
      var e = at(y, i);
      var positive = at(x, i).compare(GT, ZERO);
      DENSITY.blend(DENSITY.mul(e), positive).div(g.blend(ONE.sub(e.mul(g)), positive)).intoArray(y, i);
    }
  }

  private static void logPhi(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L) {
      var v = at(x, i);
      var g = HALF.mul(at(work, i));
      var w = at(y, i).mul(g).neg();
      var u = w.add(ONE);
      var positive = v.compare(GT, ZERO);
      g.blend(u, positive).intoArray(y, i);
      HALF.neg().mul(v).mul(v).blend(w.sub(u.sub(ONE)).div(u), positive).intoArray(work, i);
    }
  }

  private static void add(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L) at(y, i).add(at(work, i)).intoArray(y, i);
  }

  /// What leads from arguments above 2.5 to those about 2.
  private static void recurrence(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L) {
      var v = at(x, i);
      var c = whole(v);
      var q = ONE.blend(v.sub(ONE), c.compare(GE, THREE));
      q = q.blend(q.mul(v.sub(TWO)), c.compare(GE, FOUR));
      q = q.blend(q.mul(v.sub(THREE)), c.compare(GE, FIVE));
      q = q.blend(q.mul(v.sub(FOUR)), c.compare(GE, SIX));
      q = q.blend(q.mul(v.sub(FIVE)), c.compare(GE, SEVEN));
      q.blend(q.mul(v.sub(SIX)), c.compare(GE, EIGHT)).intoArray(y, i);
    }
  }

  /// The same below 1.5, and arguments that are far themselves.
  private static void ends(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L) {
      var v = at(x, i);
      var c = whole(v);
      var q = at(y, i).blend(v, c.compare(LE, ONE)).blend(v.mul(v.add(ONE)), c.compare(LE, ZERO));
      q.blend(v, v.compare(GE, FAR)).intoArray(y, i);
    }
  }

  private static void gammaNear(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L) {
      var v = at(x, i);
      var t = v.sub(whole(v));
      t.mul(PolynomialLanes.gammaNear(t)).intoArray(work, i);
    }
  }

  private static void lgammaNear(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L) {
      var v = at(x, i);
      var p = at(work, i);
      var log = at(y, i);
      p.sub(log).blend(p.add(log), whole(v).compare(GE, TWO)).blend(log, v.compare(GE, FAR)).intoArray(y, i);
    }
  }

  private static void lgammaFar(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L) {
      var v = at(x, i);
      var far = v.compare(GE, FAR);
      if (!far.anyTrue()) continue;
      var r = ONE.div(v);
      var log = at(y, i);
      var series = PolynomialLanes.gammaFar(r.mul(r)).fma(r, STIRLING);
      log.blend(v.sub(HALF).fma(log.sub(ONE), series), far).intoArray(y, i);
    }
  }

  private static VectorMask<Double> isUsual(DoubleVector v) {
    return v.compare(GT, ZERO).and(v.compare(LT, INFINITY));
  }

  private static void lgammaEdge(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L)
      if (!isUsual(at(x, i)).allTrue()) for (int k = i; k < i + L; k++) y[k] = Special.lgamma(x[k]);
  }

  private static void digammaFar(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L) {
      var v = at(x, i);
      var far = v.compare(GE, FAR);
      if (far.anyTrue()) {
        var r = ONE.div(v);
        PolynomialLanes.digammaFar(r.mul(r)).fma(r, HALF).fma(r.neg(), at(y, i)).intoArray(work, i);
      }
    }
  }

  private static void digammaNear(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L) {
      var v = at(x, i);
      PolynomialLanes.digammaNear(v.sub(whole(v))).blend(at(work, i), v.compare(GE, FAR)).intoArray(y, i);
    }
  }

  /// From arguments below 1.5 to those about 2.
  private static void below(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L) {
      var v = at(x, i);
      var c = whole(v);
      var one = c.compare(LE, ONE);
      if (!one.anyTrue()) continue;
      var two = c.compare(LE, ZERO);
      var step = ONE.blend(TWO.fma(v, ONE), two).div(v.blend(v.mul(v.add(ONE)), two));
      var near = at(y, i);
      near.blend(near.sub(step), one).intoArray(y, i);
    }
  }

  /// Adds 1 / (x - j) for three j from `first` on, those that lead down to about 2.
  private static void above(double[] x, double[] y, int end, int first) {
    var a = of(first);
    var b = of(first + 1);
    var c = of(first + 2);
    var d = of(first + 3);
    var e = of(first + 4);
    for (int i = 0; i < end; i += L) {
      var v = at(x, i);
      var whole = whole(v);
      var m = whole.compare(GE, c).and(v.compare(LT, FAR));
      if (!m.anyTrue()) continue;
      var below = v.sub(a);
      var next = v.sub(b);
      var k = whole.compare(GE, d);
      var above = ONE.blend(next.add(below), k);
      below = below.blend(below.mul(next), k);
      next = v.sub(c);
      k = whole.compare(GE, e);
      above = above.blend(above.fma(next, below), k);
      below = below.blend(below.mul(next), k);
      var near = at(y, i);
      near.blend(near.add(above.div(below)), m).intoArray(y, i);
    }
  }

  private static void digammaEdge(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L)
      if (!isUsual(at(x, i)).allTrue()) for (int k = i; k < i + L; k++) y[k] = Special.digamma(x[k]);
  }

  /// log(x) as a sum of two numbers, of normal numbers.
  private static void logarithm(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L) {
      var bits = at(x, i).reinterpretAsLongs();
      var k = exponent(bits);
      var f = bits.sub(k.lanewise(VectorOperators.LSHL, 52)).reinterpretAsDoubles().sub(ONE);
      var d = f.add(TWO);
      var s = f.div(d);
      var minus = s.neg();
      var rest = minus.fma(f.sub(d.sub(TWO)), minus.fma(d, f)).div(d);
      var z = s.mul(s);
      var tail = s.mul(z).fma(artanh(z), TWO.mul(rest));
      var kd = toDouble(k);
      var large = kd.mul(HIGH);
      var high = TWO.fma(s, large);
      var more = TWO.fma(s, high.sub(large).neg()).add(kd.fma(LOW, tail));
      var log = high.add(more);
      log.intoArray(y, i);
      more.sub(log.sub(high)).intoArray(work, i);
    }
  }

  /// The exponent and what its rounding left, which is no number where the function is to be computed otherwise.
  private static void times(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L) {
      var log = at(y, i);
      var power = at(b, i);
      var p = power.mul(log);
      var error = power.fma(at(work, i), power.fma(log, p.neg()));
      p.intoArray(y, i);
      var usual = p.abs().compare(LT, PLAIN).andNot(abnormal(at(x, i)));
      NAN.blend(error, usual).intoArray(work, i);
    }
  }

  private static void power(double[] x, double[] b, double[] y, double[] work, int end) {
    for (int i = 0; i < end; i += L) {
      var e = at(y, i);
      var r = e.fma(at(work, i), e);
      r.intoArray(y, i);
      if (r.test(VectorOperators.IS_NAN).anyTrue()) for (int k = i; k < i + L; k++) y[k] = Special.pow(x[k], b[k]);
    }
  }
}
