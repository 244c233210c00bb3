package ppl.kernels;

import static ppl.kernels.Elementary.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// [Elementary] on vectors, operation by operation, so that bits are equal. Constants are vectors in final fields: what
/// is broadcast inside a method counts as an operation, and a method of more than some forty is not inlined.
///
/// Those of polynomials are held as whole numbers of the same bits: HotSpot takes a vector from a field whenever something
/// of its kind was stored, and loops that store reals store no whole numbers. So they stay in registers.
final class ElementaryLanes {
  static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  static final int L = S.length();

  static final DoubleVector ONE = of(1), TWO = of(2), ZERO = of(0), HALF = of(0.5);
  private static final DoubleVector VLOG2E = of(LOG2E), VMAGIC = of(MAGIC), MINUS_HIGH = of(-LN2_HIGH),
      MINUS_LOW = of(-LN2_LOW), VHIGH = of(LN2_HIGH), VLOW = of(LN2_LOW), VLEAST = of(LEAST), VMOST = of(MOST), VNEAR = of(NEAR),
      LEAST_NORMAL = of(Double.MIN_NORMAL), MOST_NORMAL = of(Double.MAX_VALUE);
  private static final LongVector VE0 = bits(E0), VE1 = bits(E1), VE2 = bits(E2), VE3 = bits(E3), VE4 = bits(E4),
      VE5 = bits(E5), VE6 = bits(E6), VE7 = bits(E7), VE8 = bits(E8), VE9 = bits(E9), VE10 = bits(E10),
      VL0 = bits(L0), VL1 = bits(L1), VL2 = bits(L2), VL3 = bits(L3), VL4 = bits(L4), VL5 = bits(L5), VL6 = bits(L6),
      VL7 = bits(L7), VP0 = bits(P0), VP1 = bits(P1), VP2 = bits(P2), VP3 = bits(P3), VP4 = bits(P4), VP5 = bits(P5),
      VP6 = bits(P6), VP7 = bits(P7), VP8 = bits(P8), VP9 = bits(P9), VP10 = bits(P10), VP11 = bits(P11);
  private static final LongVector VBIAS = whole(BIAS), VROOT_HALF = whole(ROOT_HALF),
      MAGIC_BITS = whole(Double.doubleToRawLongBits(MAGIC));

  private ElementaryLanes() {}

  static DoubleVector of(double x) {
    return DoubleVector.broadcast(S, x);
  }

  static LongVector bits(double x) {
    return of(x).reinterpretAsLongs();
  }

  static DoubleVector value(LongVector bits) {
    return bits.reinterpretAsDoubles();
  }

  private static LongVector whole(long x) {
    return LongVector.broadcast(S.withLanes(long.class), x);
  }

  static DoubleVector exp(DoubleVector x) {
    var y = x.blend(VLEAST, x.lt(VLEAST)).blend(VMOST, x.compare(VectorOperators.GT, VMOST));
    var whole = y.fma(VLOG2E, VMAGIC);
    var kd = whole.sub(VMAGIC);
    var k = whole.reinterpretAsLongs().sub(MAGIC_BITS);
    var p = reduced(kd.fma(MINUS_LOW, kd.fma(MINUS_HIGH, y)));
    var half = k.lanewise(VectorOperators.ASHR, 1);
    var one = half.add(VBIAS).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
    var other = k.sub(half).add(VBIAS).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
    return p.fma(one, one).mul(other);
  }

  /// [#exp] of numbers whose size is [Elementary#NEAR] at most.
  static DoubleVector expNear(DoubleVector x) {
    var whole = x.fma(VLOG2E, VMAGIC);
    var kd = whole.sub(VMAGIC);
    var p = reduced(kd.fma(MINUS_LOW, kd.fma(MINUS_HIGH, x))).add(ONE);
    var power = whole.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
    return p.reinterpretAsLongs().add(power).reinterpretAsDoubles();
  }

  static DoubleVector decay(DoubleVector x) {
    var a = x.abs();
    return expNear(a.neg()).blend(ZERO, a.compare(VectorOperators.GT, VNEAR));
  }

  static DoubleVector reduced(DoubleVector r) {
    var p = value(VE10).fma(r, value(VE9)).fma(r, value(VE8)).fma(r, value(VE7)).fma(r, value(VE6)).fma(r, value(VE5))
        .fma(r, value(VE4)).fma(r, value(VE3)).fma(r, value(VE2)).fma(r, value(VE1)).fma(r, value(VE0));
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
    return value(VL7).fma(z, value(VL6)).fma(z, value(VL5)).fma(z, value(VL4)).fma(z, value(VL3)).fma(z, value(VL2))
        .fma(z, value(VL1)).fma(z, value(VL0));
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
    var p = artanh(z);
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
    var p = value(VP11).fma(z, value(VP10)).fma(z, value(VP9)).fma(z, value(VP8)).fma(z, value(VP7))
        .fma(z, value(VP6)).fma(z, value(VP5)).fma(z, value(VP4)).fma(z, value(VP3)).fma(z, value(VP2))
        .fma(z, value(VP1)).fma(z, value(VP0));
    var half = HALF.mul(t).mul(t);
    return t.sub(half.sub(s.mul(p.fma(z, half))));
  }

  static DoubleVector softplus(DoubleVector x, DoubleVector t) {
    return x.blend(ZERO, x.lt(ZERO)).add(log1pSmall(t));
  }

  static DoubleVector sigmoid(DoubleVector x, DoubleVector t) {
    var q = ONE.div(t.add(ONE));
    return t.mul(q).blend(q, x.compare(VectorOperators.GE, ZERO));
  }
}
