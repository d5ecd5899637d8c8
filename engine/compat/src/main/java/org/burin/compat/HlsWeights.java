package org.burin.compat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.IntStream;
import org.burin.fixed.FixedMath;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.tensor.Tensor;

/// How hls4ml brings weights to their types, and which reuse factors it takes.
public final class HlsWeights {
  private HlsWeights() {}

  /// The raw integer that a weight becomes on its way through the generated C++: printed in decimal with as many places
  /// as the type has fractional bits, half to even, read back as a double, and brought to the type, by default rounding
  /// down. A weight that lies below a multiple of the step by less than half of the last decimal place thus gets that
  /// multiple.
  public static long raw(double weight, FixedType type) {
    double read = new BigDecimal(weight).setScale(Math.max(0, type.fraction()), RoundingMode.HALF_EVEN).doubleValue();
    return FixedMath.fromDouble(read, type);
  }

  /// All weights of a tensor, as [#raw] brings each.
  static FixedTensor tensor(Tensor weights, FixedType type) {
    long[] raw = new long[weights.size()];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = raw(weights.data()[i], type);
    }
    return FixedTensor.of(weights.shape(), type.fraction(), raw);
  }

  /// The reuse factors that the resource strategy takes for `in x out` products, ascending.
  public static List<Integer> reuseFactors(int in, int out) {
    return IntStream.rangeClosed(1, in * out).filter(rf -> isReuseFactor(in, out, rf)).boxed().toList();
  }

  private static boolean isReuseFactor(int in, int out, int rf) {
    int products = Math.ceilDiv(in * out, Math.min(in, rf));
    return (products % out == 0 || rf >= in) && (rf % in == 0 || rf < in) && in * out % rf == 0;
  }

  /// The valid reuse factor nearest to the one asked for, the smaller of two equally near ones.
  public static int reuseFactor(int in, int out, int asked) {
    int nearest = 1;
    for (int rf : reuseFactors(in, out)) {
      nearest = Math.abs(rf - asked) < Math.abs(nearest - asked) ? rf : nearest;
    }
    return nearest;
  }

  /// The order in which a dense layer adds its products: ascending under the latency strategy, under the resource
  /// strategy those of one cycle after the other.
  static int[] order(int in, boolean resource, int reuse) {
    if (!resource || reuse > in) {
      return IntStream.range(0, in).toArray();
    }
    return IntStream.range(0, reuse)
        .flatMap(r -> IntStream.iterate(r, i -> i < in, i -> i + reuse))
        .toArray();
  }
}
