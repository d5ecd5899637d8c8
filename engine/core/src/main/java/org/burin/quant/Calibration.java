package org.burin.quant;

import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;

/// How [PostTraining] chooses types.
///
/// @param weightBits bits of kernels, 2 to 24
/// @param biasBits bits of biases, 2 to 24
/// @param dataBits bits of inputs and of what layers give, 2 to 16 (the most that a table has)
/// @param method how the range of data follows from samples
/// @param share the part of the numbers that [Method#PERCENTILE] keeps in range, above 0 and at most 1
/// @param perChannel whether every output channel of a kernel has a binary point of its own
/// @param mostSamples samples that are looked at, at least 1
public record Calibration(
    int weightBits, int biasBits, int dataBits, Method method, double share, boolean perChannel, int mostSamples) {
  /// How a range follows from numbers. Integer bits are the fewest that hold it; beyond it, types saturate.
  public enum Method {
    /// from the least to the largest number
    MIN_MAX,
    /// all but the outermost numbers, the same part at both ends
    PERCENTILE,
    /// the range that gives the least mean squared error of the quantized numbers
    MEAN_SQUARED_ERROR
  }

  /// Checks the numbers.
  ///
  /// @throws IllegalArgumentException with every problem
  public Calibration {
    new Problems("calibration")
        .expect(weightBits >= 2 && weightBits <= 24, "weight bits must be 2 to 24, found " + weightBits)
        .expect(biasBits >= 2 && biasBits <= 24, "bias bits must be 2 to 24, found " + biasBits)
        .expect(dataBits >= 2 && dataBits <= 16, "data bits must be 2 to 16, found " + dataBits)
        .expect(share > 0 && share <= 1, "share must lie in (0,1], found " + share)
        .expect(mostSamples >= 1, "mostSamples must be at least 1, found " + mostSamples)
        .report();
  }

  /// Weights and data of this many bits, biases of twice as many (at most 24), ranges of least squared error, one type
  /// per tensor, 1,024 samples.
  ///
  /// @throws IllegalArgumentException when the bits are not 2 to 16
  public static Calibration of(int bits) {
    return new Calibration(
        bits, Math.min(2 * bits, 24), bits, Method.MEAN_SQUARED_ERROR, 0.999, false, 1024);
  }

  /// The same choice with other bits.
  public Calibration withBits(int newWeightBits, int newBiasBits, int newDataBits) {
    return new Calibration(newWeightBits, newBiasBits, newDataBits, method, share, perChannel, mostSamples);
  }

  /// The same choice with another method.
  public Calibration withMethod(Method newMethod) {
    return new Calibration(weightBits, biasBits, dataBits, newMethod, share, perChannel, mostSamples);
  }

  /// The same choice with ranges that leave out the outermost numbers.
  public Calibration withPercentile(double newShare) {
    return new Calibration(
        weightBits, biasBits, dataBits, Method.PERCENTILE, newShare, perChannel, mostSamples);
  }

  /// The same choice with one binary point for each channel of a kernel, or for all of them.
  public Calibration withPerChannel(boolean newPerChannel) {
    return new Calibration(weightBits, biasBits, dataBits, method, share, newPerChannel, mostSamples);
  }

  /// The same choice from fewer or more samples.
  public Calibration withMostSamples(int newMostSamples) {
    return new Calibration(weightBits, biasBits, dataBits, method, share, perChannel, newMostSamples);
  }

  /// The type of so many bits for numbers: signed if one is negative.
  FixedType type(Histogram numbers, int bits, Method how) {
    boolean signed = numbers.min() < 0;
    return switch (how) {
      case MIN_MAX -> holding(signed, bits, numbers.min(), numbers.max());
      case PERCENTILE -> holding(signed, bits, Math.min(numbers.quantile((1 - share) / 2), 0),
          Math.max(numbers.quantile((1 + share) / 2), 0));
      case MEAN_SQUARED_ERROR -> best(numbers, holding(signed, bits, numbers.min(), numbers.max()));
    };
  }

  /// The type with the fewest integer bits that holds two numbers, of at most 2^32; the last bit of smaller ones than
  /// 2^-32 is no help.
  private static FixedType holding(boolean signed, int bits, double min, double max) {
    for (int integer = -32; integer < 32; integer++) {
      FixedType type = type(signed, bits, integer);
      // What rounds into the range is in it.
      double half = Math.scalb(0.5, -type.fraction());
      if (min >= type.min().doubleValue() - half && max < type.max().doubleValue() + half) {
        return type;
      }
    }
    return type(signed, bits, 32);
  }

  private static FixedType type(boolean signed, int bits, int integer) {
    return new FixedType(signed, bits, integer, Rounding.RND_CONV, Overflow.SAT);
  }

  /// The type of least squared error with at most as many integer bits; of equal ones, the widest range.
  private static FixedType best(Histogram numbers, FixedType widest) {
    FixedType best = widest;
    double least = numbers.squaredError(widest);
    for (int fewer = 1; fewer < widest.width() && widest.integer() - fewer >= -32; fewer++) {
      FixedType type = type(widest.signed(), widest.width(), widest.integer() - fewer);
      double error = numbers.squaredError(type);
      if (error < least) {
        best = type;
        least = error;
      }
    }
    return best;
  }
}
