package org.burin.bench;

import java.util.Random;

/// A layer of an [InferenceNet], for whoever builds the network: generated code, C, or an ONNX file.
///
/// Numbers of quantized networks are raw integers: the sums are exact, and what follows them is
/// `min(max(sum, 0) + 2^(shift-1) >> shift, most)` if there is an activation.
///
/// @param convolution whether it slides 8 filters of 3x3 in steps of 2 over an image of 8x8x1, padded below and right
/// @param from how many numbers a sum takes
/// @param to how many outputs there are, or filters
/// @param weights the weights `[from, to]`
/// @param bias what is added to each output
/// @param relu whether negative sums become 0
/// @param shift how many bits are rounded away; 0 for layers without quantizer
/// @param most the largest number after rounding
@SuppressWarnings("ArrayRecordComponent") // many numbers, which nobody compares
record NetLayer(boolean convolution, int from, int to, float[] weights, float[] bias, boolean relu, int shift,
    int most) {
  /// The edge of a convolution's image, and of its result.
  static final int EDGE = 8;
  static final int HALF = EDGE / 2;
  static final int TAPS = 3;

  /// A dense layer of whole numbers up to 31, a part of them not zero.
  static NetLayer whole(int from, int to, double density, Random random, int shift, int most) {
    return new NetLayer(false, from, to, numbers(random, from * to, 31, density), numbers(random, to, 255, 1),
        shift > 0, shift, most);
  }

  /// The convolution, of whole numbers up to 31.
  static NetLayer filters(int count, Random random, int shift, int most) {
    return new NetLayer(true, TAPS * TAPS, count, numbers(random, TAPS * TAPS * count, 31, 1),
        numbers(random, count, 255, 1), true, shift, most);
  }

  private static float[] numbers(Random random, int count, int most, double density) {
    float[] n = new float[count];
    for (int i = 0; i < count; i++) {
      n[i] = random.nextDouble() < density ? random.nextInt(2 * most + 1) - most : 0;
    }
    return n;
  }

  /// The numbers that go in.
  int inputs() {
    return convolution ? EDGE * EDGE : from;
  }

  /// The numbers that come out.
  int outputs() {
    return convolution ? HALF * HALF * to : to;
  }
}
