package org.burin.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.burin.backend.jvm.Inference;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.Window;

/// The networks of which generated code is measured, with random weights.
public enum InferenceNet {
  /// the jet tagger 16-64-32-32-5 in float32
  JETS_FLOAT {
    @Override
    Inference compile() {
      return perceptron();
    }
  },
  /// the same with 6-bit weights and 7-bit activations
  JETS_DENSE {
    @Override
    Inference compile() {
      return perceptron(1);
    }
  },
  /// the same with half of the weights pruned
  JETS_HALF {
    @Override
    Inference compile() {
      return perceptron(0.5);
    }
  },
  /// the same with four fifths of the weights pruned
  JETS_FIFTH {
    @Override
    Inference compile() {
      return perceptron(0.2);
    }
  },
  /// the encoder of ECON-T's size: 8 filters of 3x3 in steps of 2 over 8x8 pixels, then 128-16; 6-bit weights
  ECON {
    @Override
    Inference compile() {
      return encoder();
    }
  };

  private static final int[] SIZES = {16, 64, 32, 32, 5};
  private static final FixedType ACTIVATION = FixedType.parse("ufixed<7,4,rnd,sat>");

  /// The generated class of the network.
  abstract Inference compile();

  private static Inference perceptron() {
    GraphBuilder b = new GraphBuilder("jets");
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    Value x = b.input("x", Shape.of(Shape.BATCH, SIZES[0]));
    for (int layer = 0; layer < SIZES.length - 1; layer++) {
      Value w = parameter(b, parameters, "w" + layer, Shape.of(SIZES[layer], SIZES[layer + 1]));
      Value y = b.add(b.matMul(x, w), parameter(b, parameters, "b" + layer, Shape.of(SIZES[layer + 1])));
      x = layer == SIZES.length - 2 ? y : b.relu(y);
    }
    b.output("y", x);
    return Inference.compile(b.build(), parameters);
  }

  private static Value parameter(GraphBuilder b, Map<String, Tensor> parameters, String name, Shape shape) {
    parameters.put(name, Tensor.of(shape, Numbers.uniform(shape.size(), parameters.size(), -0.3f, 0.3f)));
    return b.parameter(name, shape);
  }

  private static Inference perceptron(double density) {
    FixedGraphBuilder b = new FixedGraphBuilder("jets");
    Random random = new Random(5);
    FixedValue x = b.input("x", Shape.of(Shape.BATCH, SIZES[0]), FixedType.parse("fixed<8,3,rnd_conv,sat>"));
    for (int layer = 0; layer < SIZES.length - 1; layer++) {
      FixedValue y = dense(b, x, SIZES[layer], SIZES[layer + 1], random, density);
      x = layer == SIZES.length - 2 ? y : b.quantize(b.relu(y), ACTIVATION);
    }
    b.output("y", x);
    return Inference.compile(b.build());
  }

  private static Inference encoder() {
    FixedGraphBuilder b = new FixedGraphBuilder("econ");
    Random random = new Random(6);
    FixedValue x = b.input("x", Shape.of(Shape.BATCH, 8, 8, 1), FixedType.parse("ufixed<8,1,rnd,sat>"));
    FixedValue w = b.constant(FixedTensor.of(Shape.of(3, 3, 1, 8), 5, numbers(random, 72, 31, 1)));
    FixedValue y = b.conv2d(x, w, Window.same(8, 8, 3, 3, 2, 2, 1, 1), 1);
    FixedValue h = b.quantize(b.relu(y), ACTIVATION);
    FixedValue z = dense(b, b.reshape(h, Shape.of(Shape.BATCH, 128)), 128, 16, random, 1);
    b.output("y", b.quantize(b.relu(z), FixedType.parse("ufixed<9,6,rnd,sat>")));
    return Inference.compile(b.build());
  }

  private static FixedValue dense(
      FixedGraphBuilder b, FixedValue x, int from, int to, Random random, double density) {
    FixedValue w = b.constant(FixedTensor.of(Shape.of(from, to), 5, numbers(random, from * to, 31, density)));
    return b.add(b.matMul(x, w), b.constant(FixedTensor.of(Shape.of(to), 8, numbers(random, to, 255, 1))));
  }

  private static long[] numbers(Random random, int count, int most, double density) {
    long[] n = new long[count];
    for (int i = 0; i < count; i++) {
      n[i] = random.nextDouble() < density ? random.nextInt(2 * most + 1) - most : 0;
    }
    return n;
  }

  /// The numbers of one sample of the input, and of the output.
  static List<Integer> sizes(Inference inference) {
    return List.of(inference.inputs().values().iterator().next().bind(1).size(),
        inference.outputs().values().iterator().next().bind(1).size());
  }
}
