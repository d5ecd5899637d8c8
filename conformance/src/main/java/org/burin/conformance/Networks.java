package org.burin.conformance;

import java.util.List;
import org.burin.codegen.spi.Program;
import org.burin.fixed.FixedType;
import org.burin.ir.Value;
import org.burin.nn.Activation;
import org.burin.nn.Conv;
import org.burin.nn.Dense;
import org.burin.nn.Flatten;
import org.burin.nn.GlobalPool;
import org.burin.nn.Initializer;
import org.burin.nn.Layer;
import org.burin.nn.Merge;
import org.burin.nn.Model;
import org.burin.nn.Net;
import org.burin.nn.Padding;
import org.burin.nn.Pool;
import org.burin.nn.Quantizer;
import org.burin.nn.QuantizerLayer;
import org.burin.nn.Recurrent;
import org.burin.quant.LearnedBits;
import org.burin.quant.Quantizers;
import org.burin.tensor.Shape;

/// Quantized networks of the kinds and sizes that are put into hardware, with random weights.
public enum Networks {
  /// Three layers of 64, 32 and 32 units on 16 features, 5 results, 6 bits for weights and activations.
  JETS {
    @Override
    Model build() {
      Quantizer weights = Quantizers.quantizedBits(6, 0);
      return jets(fixed("fixed<10,4,rnd_conv,sat>"), weights, Quantizers.quantizedRelu(6, 0));
    }
  },
  /// The same with bits of its own for every weight and every activation, some of them with none.
  JETS_LEARNED {
    @Override
    Model build() {
      Model model = jets(LearnedBits.activations().withBits(3, 3), LearnedBits.weights().withBits(1, 4),
          LearnedBits.activations().unsigned().withBits(2, 3));
      for (String name : model.parameters().names()) {
        if (name.contains("_bits") || name.contains("_integer") || name.contains("_fraction")) {
          float[] bits = model.parameters().get(name).data();
          for (int i = 0; i < bits.length; i++) {
            bits[i] += (i * 37 + name.length()) % 5 - 2.3f;
          }
        }
      }
      return model;
    }
  },
  /// The encoder of a calorimeter's front end: an image of 4 x 4 with 3 channels, 8 filters of 3 x 3, 16 results.
  ENCODER {
    @Override
    Model build() {
      return Model.sequential("encoder", 3, Shape.of(4, 4, 3), QuantizerLayer.of(fixed("ufixed<8,1,rnd,sat>")),
          conv(8, 3, 2), relu(), Flatten.of(), dense(16, fixed("fixed<5,1,rnd_conv,sat>")).withActivation(Activation.RELU),
          QuantizerLayer.of(fixed("ufixed<9,3,rnd,sat>")));
    }
  },
  /// Two images of 4 x 4 with 3 channels, compared by convolutions of 5 x 5.
  PAIR_OF_IMAGES {
    @Override
    Model build() {
      return Model.build("pair", 3, net -> {
        Value x = net.apply(QuantizerLayer.of(fixed("ufixed<8,0,rnd,sat>")), net.input("x", 4, 4, 3));
        Value y = net.apply(QuantizerLayer.of(fixed("ufixed<8,0,rnd,sat>")), net.input("y", 4, 4, 3));
        net.output("d", net.chain(net.apply(Merge.concat(3), List.of(x, y)), conv(16, 5, 1), relu(), conv(16, 5, 1),
            relu(), Flatten.of(), dense(32, WEIGHT), relu(), dense(1, WEIGHT)));
      });
    }
  },
  /// A long short-term memory of 8 units over 6 steps.
  LSTM {
    @Override
    Model build() {
      Activation gate = Activation.hardSigmoid(0.25f, 0.5f);
      return Model.sequential("lstm", 3, Shape.of(6, 4), QuantizerLayer.of(fixed("fixed<7,3,rnd_conv,sat>")),
          Recurrent.lstm(8).withKernelQuantizer(WEIGHT).withBiasQuantizer(WEIGHT).withRecurrentQuantizer(WEIGHT)
              .withStateQuantizer(fixed("fixed<6,2,rnd_conv,sat>")).withActivation(gate).withGateActivation(gate),
          dense(3, WEIGHT));
    }
  },
  /// A residual network on images of 32 x 32 with 3 channels.
  RESIDUAL {
    @Override
    Model build() {
      return Model.build("residual", 3, net -> {
        Value x = net.chain(net.input("x", 32, 32, 3), QuantizerLayer.of(fixed("ufixed<8,0,rnd,sat>")), conv(8, 3, 2),
            relu());
        Value branch = net.chain(x, conv(8, 3, 1), relu(), conv(8, 3, 1));
        Value joined = net.chain(net.apply(Merge.add(), List.of(x, branch)), relu(), Pool.max2D(2));
        net.output("y", net.chain(joined, conv(16, 3, 2), relu(), GlobalPool.average(),
            QuantizerLayer.of(fixed("ufixed<8,2,rnd,sat>")), dense(10, WEIGHT)));
      });
    }
  };

  private static final Quantizer WEIGHT = fixed("fixed<6,1,rnd_conv,sat_sym>");

  abstract Model build();

  /// The network, lowered; the same every time.
  public Program.Fixed program() {
    return Program.Fixed.of(build());
  }

  private static Quantizer fixed(String type) {
    return Quantizers.fixed(FixedType.parse(type));
  }

  private static Layer relu() {
    return new Layer() {
      @Override
      public String stem() {
        return "act";
      }

      @Override
      public Value build(Net net, Value x) {
        return net.chain(x, Activation.RELU, QuantizerLayer.of(fixed("ufixed<6,2,rnd_conv,sat>")));
      }
    };
  }

  private static Conv conv(int filters, int kernel, int stride) {
    return Conv.of2D(filters, kernel).withStride(stride).withPadding(Padding.SAME).withKernelQuantizer(WEIGHT)
        .withBiasQuantizer(WEIGHT).withBiasInitializer(Initializer.uniform(-1, 1));
  }

  private static Dense dense(int units, Quantizer quantizer) {
    return Dense.of(units).withKernelQuantizer(quantizer).withBiasQuantizer(quantizer)
        .withBiasInitializer(Initializer.uniform(-1, 1));
  }

  private static Model jets(Quantizer input, Quantizer weights, Quantizer hidden) {
    return Model.sequential("jets", 3, Shape.of(16), QuantizerLayer.of(input),
        dense(64, weights).withActivation(Activation.RELU), QuantizerLayer.of(hidden),
        dense(32, weights).withActivation(Activation.RELU), QuantizerLayer.of(hidden),
        dense(32, weights).withActivation(Activation.RELU), QuantizerLayer.of(hidden), dense(5, weights));
  }
}
