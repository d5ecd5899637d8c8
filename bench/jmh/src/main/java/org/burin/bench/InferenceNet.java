package org.burin.bench;

import java.util.ArrayList;
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
  JETS_FLOAT("jets MLP, float", 0),
  /// the same with 6-bit weights and 7-bit activations
  JETS_DENSE("jets MLP, 6 bits", 1),
  /// the same with half of the weights pruned
  JETS_HALF("jets MLP, 6 bits, 50 % pruned", 0.5),
  /// the same with four fifths of the weights pruned
  JETS_FIFTH("jets MLP, 6 bits, 80 % pruned", 0.2),
  /// the encoder of ECON-T: 8 filters of 3x3 in steps of 2 over 8x8 pixels, then 128-16; 6-bit weights, and the
  /// numbers in between as wide as there
  ECON("ECON-T encoder, 6 bits", 1);

  private static final int[] SIZES = {16, 64, 32, 32, 5};
  /// Bits right of the point of all raw weights.
  private static final int WEIGHT_FRACTION = 5;

  private final String title;
  private final double density;

  InferenceNet(String title, double density) {
    this.title = title;
    this.density = density;
  }

  /// What pages call it.
  String title() {
    return title;
  }

  /// Whether it computes with raw integers.
  boolean isQuantized() {
    return this != JETS_FLOAT;
  }

  /// The layers, the same every time.
  List<NetLayer> layers() {
    List<NetLayer> layers = new ArrayList<>();
    if (this == ECON) {
      Random random = new Random(6);
      layers.add(NetLayer.filters(8, random, 4, 2047));
      layers.add(NetLayer.whole(128, 16, 1, random, 5, 511));
      return layers;
    }
    Random random = new Random(5);
    for (int i = 0; i < SIZES.length - 1; i++) {
      boolean last = i == SIZES.length - 2;
      int count = SIZES[i] * SIZES[i + 1];
      layers.add(isQuantized() ? NetLayer.whole(SIZES[i], SIZES[i + 1], density, random, last ? 0 : i == 0 ? 7 : 5, 127)
          : new NetLayer(false, SIZES[i], SIZES[i + 1], Numbers.uniform(count, 2L * i, -0.3f, 0.3f),
              Numbers.uniform(SIZES[i + 1], 2L * i + 1, -0.3f, 0.3f), !last, 0, 0));
    }
    return layers;
  }

  /// The type of the inputs of a quantized network; they are rounded half to even.
  FixedType inputType() {
    return FixedType.parse(this == ECON ? "ufixed<8,1,rnd_conv,sat>" : "fixed<8,3,rnd_conv,sat>");
  }

  /// Bits right of the point of the raw outputs of a quantized network.
  int outputFraction() {
    return 8;
  }

  /// The numbers of one sample of the input.
  int inputs() {
    return layers().getFirst().inputs();
  }

  /// The numbers of one sample of the output.
  int outputs() {
    return layers().getLast().outputs();
  }

  /// Random samples: for the encoder of the size of its normalised charges.
  float[] samples(int count) {
    return this == ECON ? Numbers.uniform(inputs() * count, 1, 0, 1) : Numbers.uniform(inputs() * count, 1, -2, 2);
  }

  /// The generated class of the network.
  Inference compile() {
    return isQuantized() ? fixed() : floating();
  }

  private Inference floating() {
    GraphBuilder b = new GraphBuilder("jets");
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    Value x = b.input("x", Shape.of(Shape.BATCH, inputs()));
    for (NetLayer layer : layers()) {
      Value w = parameter(b, parameters, Tensor.of(Shape.of(layer.from(), layer.to()), layer.weights()));
      Value y = b.add(b.matMul(x, w), parameter(b, parameters, Tensor.of(Shape.of(layer.to()), layer.bias())));
      x = layer.relu() ? b.relu(y) : y;
    }
    b.output("y", x);
    return Inference.compile(b.build(), parameters);
  }

  private static Value parameter(GraphBuilder b, Map<String, Tensor> parameters, Tensor t) {
    String name = "p" + parameters.size();
    parameters.put(name, t);
    return b.parameter(name, t.shape());
  }

  private Inference fixed() {
    FixedGraphBuilder b = new FixedGraphBuilder(this == ECON ? "econ" : "jets");
    int edge = NetLayer.EDGE;
    FixedValue x = b.input("x", this == ECON ? Shape.of(Shape.BATCH, edge, edge, 1) : Shape.of(Shape.BATCH, inputs()),
        inputType());
    int fraction = inputType().fraction();
    for (NetLayer layer : layers()) {
      fraction += WEIGHT_FRACTION;
      int taps = NetLayer.TAPS;
      FixedValue sums;
      if (layer.convolution()) {
        FixedValue w = b.constant(tensor(Shape.of(taps, taps, 1, layer.to()), WEIGHT_FRACTION, layer.weights()));
        sums = b.conv2d(x, w, Window.same(edge, edge, taps, taps, 2, 2, 1, 1), 1);
      } else {
        FixedValue row = b.reshape(x, Shape.of(Shape.BATCH, layer.from()));
        sums = b.matMul(row, b.constant(tensor(Shape.of(layer.from(), layer.to()), WEIGHT_FRACTION, layer.weights())));
      }
      FixedValue y = b.add(sums, b.constant(tensor(Shape.of(layer.to()), fraction, layer.bias())));
      if (layer.relu()) {
        fraction -= layer.shift();
        int width = Integer.SIZE - Integer.numberOfLeadingZeros(layer.most());
        x = b.quantize(b.relu(y), FixedType.parse("ufixed<" + width + "," + (width - fraction) + ",rnd,sat>"));
      } else {
        x = y;
      }
    }
    b.output("y", x);
    return Inference.compile(b.build());
  }

  private static FixedTensor tensor(Shape shape, int fraction, float[] whole) {
    long[] raw = new long[whole.length];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (long) whole[i];
    }
    return FixedTensor.of(shape, fraction, raw);
  }
}
