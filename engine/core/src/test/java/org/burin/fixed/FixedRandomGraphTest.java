package org.burin.fixed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.burin.fixed.FixedOp.Comparison;
import org.burin.tensor.Shape;
import org.burin.tensor.TestRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random graphs of many operations, in which operands depend on each other and numbers grow to all of 64 bits.
class FixedRandomGraphTest {
  private static final int SAMPLES = 5;
  private static final int FEATURES = 3;

  private record Net(FixedGraph graph, Map<String, FixedTensor> inputs) {}

  /// A type of up to 60 bits.
  private static FixedType wide(TestRandom rng) {
    int width = rng.between(1, 60);
    return new FixedType(rng.flip(), width, rng.between(-4, width + 4), rng.pick(Rounding.values()),
        rng.pick(Overflow.values()));
  }

  private static Net random(long seed) {
    TestRandom rng = new TestRandom(seed);
    FixedGraphBuilder b = new FixedGraphBuilder("random");
    Map<String, FixedTensor> inputs = new LinkedHashMap<>();
    List<FixedValue> values = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      ElementTypes types = ElementTypes.of(FixedOpSamples.type(rng));
      FixedValue in = b.input("x" + i, Shape.of(Shape.BATCH, FEATURES), types);
      inputs.put("x" + i, FixedOpSamples.numbers(rng, in.shape().bind(SAMPLES), types));
      values.add(in);
    }
    for (int i = rng.between(3, 14); i > 0; i--) {
      FixedValue x = values.get(rng.below(values.size()));
      FixedValue y = values.get(rng.below(values.size()));
      try {
        values.add(step(rng, b, x, y));
      } catch (FixedException e) {
        // Too wide: brought to few bits, it will do as an operand again.
        values.add(b.quantize(x, FixedOpSamples.type(rng)));
      }
    }
    return new Net(b.build(), inputs);
  }

  private static FixedValue step(TestRandom rng, FixedGraphBuilder b, FixedValue x, FixedValue y) {
    return switch (rng.below(13)) {
      case 0 -> b.add(x, y);
      case 1 -> b.sub(x, y);
      case 2 -> b.mul(x, y);
      case 3 -> b.max(x, y);
      case 4 -> b.min(x, b.neg(y));
      case 5 -> b.abs(x);
      case 6 -> b.select(b.compare(rng.pick(Comparison.values()), x, y), x, y);
      case 7 -> b.shift(x, rng.between(-6, 6));
      case 8 -> b.quantize(x, FixedOpSamples.type(rng));
      case 9 -> b.quantize(x, wide(rng));
      case 10 -> b.divide(x, rng.between(1, 1 << 20), wide(rng));
      case 11 -> b.mul(x, b.constant(rng.between(-300, 300), rng.between(-3, 20)));
      default -> {
        long[] raw = new long[FEATURES * FEATURES];
        for (int i = 0; i < raw.length; i++) {
          raw[i] = rng.between(-20, 20);
        }
        yield b.matMul(x, b.constant(FixedTensor.of(Shape.of(FEATURES, FEATURES), rng.between(0, 4), raw)));
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void agreesWithExactArithmetic(int block) {
    for (int i = 0; i < 500; i++) {
      long seed = block * 500L + i;
      Net net = random(seed);
      FixedInterpreterTest.agree("seed " + seed, net.graph, net.inputs);
    }
  }
}
