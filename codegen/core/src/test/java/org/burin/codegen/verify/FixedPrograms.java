package org.burin.codegen.verify;

import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.burin.codegen.spi.Program;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;

/// Small fixed-point programs, for tests.
final class FixedPrograms {
  private FixedPrograms() {}

  /// A program of one input `x` and one output `y`.
  static Program.Fixed of(
      Shape input, FixedType type, Function<FixedGraphBuilder, Function<FixedValue, FixedValue>> body) {
    FixedGraphBuilder b = new FixedGraphBuilder("net");
    b.output("y", body.apply(b).apply(b.input("x", input, type)));
    return new Program.Fixed(new Program.About("net", "", Map.of()), b.build());
  }

  /// Two dense layers, 6 to 8 to 3, with a rectifier and a quantizer between.
  static Program.Fixed dense() {
    return of(Shape.of(Shape.BATCH, 6), FixedType.parse("fixed<6,2>"), b -> x -> {
      FixedValue h = b.scope("hidden", () -> b.quantize(
          b.relu(b.matMul(x, weights(b, 1, 6, 8))), FixedType.parse("ufixed<7,4,rnd_conv,sat>")));
      return b.scope("last", () -> b.matMul(h, weights(b, 2, 8, 3)));
    });
  }

  /// Random weights of 5 bits.
  static FixedValue weights(FixedGraphBuilder b, long seed, int... extents) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Shape shape = Shape.of(extents);
    return b.constant(FixedTensor.of(shape, 3, random.longs(shape.size(), -16, 16).toArray()));
  }
}
