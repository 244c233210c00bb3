package ppl.kernels;

import static ppl.kernels.Elementary.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// [Elementary] on vectors, operation by operation, so that bits are equal. Constants are vectors in final fields: what
/// is broadcast inside a method counts as an operation, and a method of more than some forty is not inlined.
final class ElementaryLanes {
  static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  static final int L = S.length();

  static final DoubleVector ONE = of(1), TWO = of(2), ZERO = of(0), HALF = of(0.5);
  private static final DoubleVector VLOG2E = of(LOG2E), VMAGIC = of(MAGIC), MINUS_HIGH = of(-LN2_HIGH),
      MINUS_LOW = of(-LN2_LOW), VHIGH = of(LN2_HIGH), VLOW = of(LN2_LOW), VLEAST = of(LEAST), VMOST = of(MOST),
      VE0 = of(E0), VE1 = of(E1), VE2 = of(E2), VE3 = of(E3), VE4 = of(E4), VE5 = of(E5), VE6 = of(E6), VE7 = of(E7),
      VE8 = of(E8), VE9 = of(E9), VE10 = of(E10), VL0 = of(L0), VL1 = of(L1), VL2 = of(L2), VL3 = of(L3),
      VL4 = of(L4), VL5 = of(L5), VL6 = of(L6), VL7 = of(L7), VP0 = of(P0), VP1 = of(P1), VP2 = of(P2), VP3 = of(P3),
      VP4 = of(P4), VP5 = of(P5), VP6 = of(P6), VP7 = of(P7), VP8 = of(P8), VP9 = of(P9), VP10 = of(P10),
      VP11 = of(P11), LEAST_NORMAL = of(Double.MIN_NORMAL), MOST_NORMAL = of(Double.MAX_VALUE);
  private static final LongVector VBIAS = whole(BIAS), VROOT_HALF = whole(ROOT_HALF),
      MAGIC_BITS = whole(Double.doubleToRawLongBits(MAGIC));

  private ElementaryLanes() {}

  static DoubleVector of(double x) {
    return DoubleVector.broadcast(S, x);
  }

  private static LongVector whole(long x) {
    return LongVector.broadcast(S.withLanes(long.class), x);
  }

  static DoubleVector exp(DoubleVector x) {
    var y = x.blend(VLEAST, x.lt(VLEAST)).blend(VMOST, x.compare(VectorOperators.GT, VMOST));
    var whole = y.fma(VLOG2E, VMAGIC);
    var kd = whole.sub(VMAGIC);
    var k = whole.reinterpretAsLongs().sub(MAGIC_BITS);
    var r = kd.fma(MINUS_LOW, kd.fma(MINUS_HIGH, y));
    var p = VE10.fma(r, VE9).fma(r, VE8).fma(r, VE7).fma(r, VE6).fma(r, VE5).fma(r, VE4).fma(r, VE3).fma(r, VE2)
        .fma(r, VE1).fma(r, VE0);
    p = p.mul(r).fma(r, r);
    var half = k.lanewise(VectorOperators.ASHR, 1);
    var one = half.add(VBIAS).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
    var other = k.sub(half).add(VBIAS).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
    return p.fma(one, one).mul(other);
  }

  static DoubleVector reduced(DoubleVector r) {
    var p = VE10.fma(r, VE9).fma(r, VE8).fma(r, VE7).fma(r, VE6).fma(r, VE5).fma(r, VE4).fma(r, VE3).fma(r, VE2)
        .fma(r, VE1).fma(r, VE0);
    return p.mul(r).fma(r, r);
  }

  /// exp(x) - 1 for |x| <= [Special#PLAIN].
  static DoubleVector expm1(DoubleVector x) {
    var whole = x.fma(VLOG2E, VMAGIC);
    var kd = whole.sub(VMAGIC);
    var p = reduced(kd.fma(MINUS_LOW, kd.fma(MINUS_HIGH, x)));
    var power = whole.reinterpretAsLongs().add(VBIAS).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
    return p.fma(power, power.sub(ONE));
  }

  static DoubleVector whole(DoubleVector x) {
    return x.add(VMAGIC).sub(VMAGIC);
  }

  static LongVector exponent(LongVector bits) {
    return bits.sub(VROOT_HALF).lanewise(VectorOperators.ASHR, 52);
  }

  static DoubleVector toDouble(LongVector k) {
    return k.add(MAGIC_BITS).reinterpretAsDoubles().sub(VMAGIC);
  }

  static DoubleVector artanh(DoubleVector z) {
    return VL7.fma(z, VL6).fma(z, VL5).fma(z, VL4).fma(z, VL3).fma(z, VL2).fma(z, VL1).fma(z, VL0);
  }

  /// Lanes for which [#log] has no answer.
  static VectorMask<Double> abnormal(DoubleVector x) {
    return x.compare(VectorOperators.GE, LEAST_NORMAL).and(x.compare(VectorOperators.LE, MOST_NORMAL)).not();
  }

  /// Of normal numbers.
  static DoubleVector log(DoubleVector x) {
    var bits = x.reinterpretAsLongs();
    var k = bits.sub(VROOT_HALF).lanewise(VectorOperators.ASHR, 52);
    var m = bits.sub(k.lanewise(VectorOperators.LSHL, 52)).reinterpretAsDoubles();
    var kd = k.add(MAGIC_BITS).reinterpretAsDoubles().sub(VMAGIC);
    var f = m.sub(ONE);
    var s = f.div(f.add(TWO));
    var z = s.mul(s);
    var p = VL7.fma(z, VL6).fma(z, VL5).fma(z, VL4).fma(z, VL3).fma(z, VL2).fma(z, VL1).fma(z, VL0);
    var half = HALF.mul(f).mul(f);
    return kd.fma(VHIGH, f.sub(half.sub(s.fma(p.fma(z, half), kd.mul(VLOW)))));
  }

  /// k log(2).
  static DoubleVector scale(DoubleVector k) {
    return k.fma(VHIGH, k.mul(VLOW));
  }

  /// Of numbers for which 1 + x = u is normal.
  static DoubleVector log1p(DoubleVector x, DoubleVector u) {
    return log(u).add(x.sub(u.sub(ONE)).div(u));
  }

  static DoubleVector log1pSmall(DoubleVector t) {
    var s = t.div(t.add(TWO));
    var z = s.mul(s);
    var p = VP11.fma(z, VP10).fma(z, VP9).fma(z, VP8).fma(z, VP7).fma(z, VP6).fma(z, VP5).fma(z, VP4).fma(z, VP3)
        .fma(z, VP2).fma(z, VP1).fma(z, VP0);
    var half = HALF.mul(t).mul(t);
    return t.sub(half.sub(s.mul(p.fma(z, half))));
  }

  static DoubleVector softplus(DoubleVector x, DoubleVector t) {
    return x.max(ZERO).add(log1pSmall(t));
  }

  static DoubleVector sigmoid(DoubleVector x, DoubleVector t) {
    var q = ONE.div(t.add(ONE));
    return t.mul(q).blend(q, x.compare(VectorOperators.GE, ZERO));
  }
}
