package org.burin.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The functions of [FloatMath], lane by lane: each line here is a line there.
final class VectorMath {
  static final VectorSpecies<Float> SPECIES = VectorWide.SPECIES;
  private static final int ROUNDER_BITS = Float.floatToRawIntBits(FloatMath.ROUNDER);

  private VectorMath() {}

  static FloatVector exp(FloatVector x) {
    FloatVector c = x.blend(FloatMath.EXP_MAX, x.compare(VectorOperators.GT, FloatMath.EXP_MAX));
    c = c.blend(FloatMath.EXP_MIN, c.compare(VectorOperators.LT, FloatMath.EXP_MIN));
    FloatVector t = c.fma(constant(FloatMath.LOG2_E), constant(FloatMath.ROUNDER));
    FloatVector n = t.sub(FloatMath.ROUNDER);
    FloatVector r = n.fma(constant(-FloatMath.LN2_HIGH), c);
    r = n.fma(constant(-FloatMath.LN2_LOW), r);
    FloatVector p = r.fma(constant(FloatMath.E7), constant(FloatMath.E6));
    p = p.fma(r, constant(FloatMath.E5));
    p = p.fma(r, constant(FloatMath.E4));
    p = p.fma(r, constant(FloatMath.E3));
    p = p.fma(r, constant(FloatMath.E2));
    p = p.mul(r).fma(r, r).add(1f);
    IntVector k = t.reinterpretAsInts().sub(ROUNDER_BITS);
    IntVector half = k.lanewise(VectorOperators.ASHR, 1);
    FloatVector y = p.mul(power(half)).mul(power(k.sub(half)));
    return y.blend(x, x.compare(VectorOperators.NE, x));
  }

  /// `2^k` for exponents of normal numbers.
  private static FloatVector power(IntVector k) {
    return k.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }

  static FloatVector log(FloatVector x) {
    VectorMask<Float> small = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
    FloatVector s = x.blend(x.mul(FloatMath.SUBNORMAL_SCALE), small);
    IntVector bits = s.reinterpretAsInts();
    IntVector e = bits.sub(FloatMath.SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
    FloatVector f = bits.sub(e.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1f);
    FloatVector exponent = e.add(ROUNDER_BITS).reinterpretAsFloats().sub(FloatMath.ROUNDER);
    FloatVector n = exponent.sub(FloatVector.zero(SPECIES).blend(25f, small));
    FloatVector q = f.div(f.add(2f));
    FloatVector z = q.mul(q);
    FloatVector p = z.fma(constant(FloatMath.L4), constant(FloatMath.L3));
    p = p.fma(z, constant(FloatMath.L2));
    p = p.fma(z, constant(FloatMath.L1));
    FloatVector h = f.mul(0.5f).mul(f);
    FloatVector tail = q.fma(p.fma(z, h), n.mul(FloatMath.LN2_REST));
    FloatVector y = n.fma(constant(FloatMath.LN2_SHORT), f.sub(h.sub(tail)));
    y = y.blend(x, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
    y = y.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0f));
    return constant(Float.NaN).blend(y, x.compare(VectorOperators.GE, 0f));
  }

  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = exp(x.abs().neg());
    return constant(1f).blend(e, x.compare(VectorOperators.LT, 0f)).div(e.add(1f));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector large = constant(1f).sub(constant(2f).div(exp(a.add(a)).add(1f)));
    FloatVector z = x.mul(x);
    FloatVector p = z.fma(constant(FloatMath.T6), constant(FloatMath.T5));
    p = p.fma(z, constant(FloatMath.T4));
    p = p.fma(z, constant(FloatMath.T3));
    p = p.fma(z, constant(FloatMath.T2));
    p = p.fma(z, constant(FloatMath.T1));
    FloatVector small = p.mul(z).fma(x, x);
    FloatVector signed = large.blend(large.neg(), x.compare(VectorOperators.LT, 0f));
    return signed.blend(small, a.compare(VectorOperators.LT, FloatMath.TANH_SMALL));
  }

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}
