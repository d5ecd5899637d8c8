package org.burin.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The functions of [FloatMath], lane by lane: each line here is a line there.
///
/// Constants are vectors in static fields: broadcasts inside the functions would take up most of what HotSpot's inliner allows
/// a method, and from then on every vector would be an object.
final class VectorMath {
  static final VectorSpecies<Float> SPECIES = VectorWide.SPECIES;

  private static final FloatVector ZERO = constant(0f);
  private static final FloatVector ONE = constant(1f);
  private static final FloatVector MINUS_ONE = constant(-1f);
  private static final FloatVector TWO = constant(2f);
  private static final FloatVector HALF = constant(0.5f);
  private static final FloatVector TWENTY_FIVE = constant(25f);
  private static final FloatVector INFINITY = constant(Float.POSITIVE_INFINITY);
  private static final FloatVector MINUS_INFINITY = constant(Float.NEGATIVE_INFINITY);
  private static final FloatVector NAN = constant(Float.NaN);
  private static final FloatVector MIN_NORMAL = constant(Float.MIN_NORMAL);

  /// From here on every float is a whole number.
  private static final FloatVector WHOLE = constant(0x1p23f);

  private static final FloatVector EXP_MAX = constant(FloatMath.EXP_MAX);
  private static final FloatVector EXP_MIN = constant(FloatMath.EXP_MIN);
  private static final FloatVector LOG2_E = constant(FloatMath.LOG2_E);
  private static final FloatVector ROUNDER = constant(FloatMath.ROUNDER);
  private static final FloatVector MINUS_LN2_HIGH = constant(-FloatMath.LN2_HIGH);
  private static final FloatVector MINUS_LN2_LOW = constant(-FloatMath.LN2_LOW);
  private static final FloatVector E2 = constant(FloatMath.E2);
  private static final FloatVector E3 = constant(FloatMath.E3);
  private static final FloatVector E4 = constant(FloatMath.E4);
  private static final FloatVector E5 = constant(FloatMath.E5);
  private static final FloatVector E6 = constant(FloatMath.E6);
  private static final FloatVector E7 = constant(FloatMath.E7);
  private static final FloatVector SUBNORMAL_SCALE = constant(FloatMath.SUBNORMAL_SCALE);
  private static final FloatVector LN2_SHORT = constant(FloatMath.LN2_SHORT);
  private static final FloatVector LN2_REST = constant(FloatMath.LN2_REST);
  private static final FloatVector L1 = constant(FloatMath.L1);
  private static final FloatVector L2 = constant(FloatMath.L2);
  private static final FloatVector L3 = constant(FloatMath.L3);
  private static final FloatVector L4 = constant(FloatMath.L4);
  private static final FloatVector TANH_SMALL = constant(FloatMath.TANH_SMALL);
  private static final FloatVector T1 = constant(FloatMath.T1);
  private static final FloatVector T2 = constant(FloatMath.T2);
  private static final FloatVector T3 = constant(FloatMath.T3);
  private static final FloatVector T4 = constant(FloatMath.T4);
  private static final FloatVector T5 = constant(FloatMath.T5);
  private static final FloatVector T6 = constant(FloatMath.T6);

  private static final IntVector ROUNDER_BITS = constant(Float.floatToRawIntBits(FloatMath.ROUNDER));
  private static final IntVector SQRT_HALF_BITS = constant(FloatMath.SQRT_HALF_BITS);
  private static final IntVector BIAS = constant(127);
  private static final IntVector MAGNITUDE = constant(0x7fffffff);
  private static final IntVector SIGN = constant(0x80000000);

  private VectorMath() {}

  static FloatVector exp(FloatVector x) {
    FloatVector c = x.blend(EXP_MAX, x.compare(VectorOperators.GT, EXP_MAX));
    c = c.blend(EXP_MIN, c.compare(VectorOperators.LT, EXP_MIN));
    FloatVector t = c.fma(LOG2_E, ROUNDER);
    FloatVector n = t.sub(ROUNDER);
    FloatVector r = n.fma(MINUS_LN2_HIGH, c);
    r = n.fma(MINUS_LN2_LOW, r);
    FloatVector p = r.fma(E7, E6);
    p = p.fma(r, E5);
    p = p.fma(r, E4);
    p = p.fma(r, E3);
    p = p.fma(r, E2);
    p = p.mul(r).fma(r, r).add(ONE);
    IntVector k = t.reinterpretAsInts().sub(ROUNDER_BITS);
    IntVector half = k.lanewise(VectorOperators.ASHR, 1);
    return p.mul(power(half)).mul(power(k.sub(half)));
  }

  /// `2^k` for exponents of normal numbers.
  private static FloatVector power(IntVector k) {
    return k.add(BIAS).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }

  static FloatVector log(FloatVector x) {
    VectorMask<Float> small = x.compare(VectorOperators.LT, MIN_NORMAL);
    FloatVector s = x.blend(x.mul(SUBNORMAL_SCALE), small);
    IntVector bits = s.reinterpretAsInts();
    IntVector e = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
    FloatVector f = bits.sub(e.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(ONE);
    FloatVector exponent = e.add(ROUNDER_BITS).reinterpretAsFloats().sub(ROUNDER);
    FloatVector n = exponent.sub(ZERO.blend(TWENTY_FIVE, small));
    FloatVector q = f.div(f.add(TWO));
    FloatVector z = q.mul(q);
    FloatVector p = z.fma(L4, L3);
    p = p.fma(z, L2);
    p = p.fma(z, L1);
    FloatVector h = f.mul(HALF).mul(f);
    FloatVector tail = q.fma(p.fma(z, h), n.mul(LN2_REST));
    FloatVector y = n.fma(LN2_SHORT, f.sub(h.sub(tail)));
    y = y.blend(x, x.compare(VectorOperators.EQ, INFINITY));
    y = y.blend(MINUS_INFINITY, x.compare(VectorOperators.EQ, ZERO));
    return NAN.blend(y, x.compare(VectorOperators.GE, ZERO));
  }

  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = exp(x.abs().neg());
    return ONE.blend(e, x.compare(VectorOperators.LT, ZERO)).div(e.add(ONE));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector large = ONE.sub(TWO.div(exp(a.add(a)).add(ONE)));
    FloatVector z = x.mul(x);
    FloatVector p = z.fma(T6, T5);
    p = p.fma(z, T4);
    p = p.fma(z, T3);
    p = p.fma(z, T2);
    p = p.fma(z, T1);
    FloatVector small = p.mul(z).fma(x, x);
    FloatVector signed = large.blend(large.neg(), x.compare(VectorOperators.LT, ZERO));
    return signed.blend(small, a.compare(VectorOperators.LT, TANH_SMALL));
  }

  /// The nearest whole number, halves to even.
  static FloatVector round(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector whole = a.add(WHOLE).sub(WHOLE);
    return x.blend(withSign(whole, x), a.compare(VectorOperators.LT, WHOLE));
  }

  /// The largest whole number not above x; its zero has the sign of x.
  static FloatVector floor(FloatVector x) {
    FloatVector r = round(x);
    return withSign(r.add(MINUS_ONE, r.compare(VectorOperators.GT, x)), x);
  }

  /// The smallest whole number not below x; its zero has the sign of x.
  static FloatVector ceil(FloatVector x) {
    FloatVector r = round(x);
    return withSign(r.add(ONE, r.compare(VectorOperators.LT, x)), x);
  }

  /// x with the sign bit of s.
  private static FloatVector withSign(FloatVector x, FloatVector s) {
    IntVector magnitude = x.reinterpretAsInts().lanewise(VectorOperators.AND, MAGNITUDE);
    IntVector sign = s.reinterpretAsInts().lanewise(VectorOperators.AND, SIGN);
    return magnitude.lanewise(VectorOperators.OR, sign).reinterpretAsFloats();
  }

  static FloatVector sign(FloatVector x) {
    FloatVector y = ZERO.blend(ONE, x.compare(VectorOperators.GT, ZERO));
    return y.blend(MINUS_ONE, x.compare(VectorOperators.LT, ZERO));
  }

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  private static IntVector constant(int value) {
    return IntVector.broadcast(SPECIES.withLanes(int.class), value);
  }
}
