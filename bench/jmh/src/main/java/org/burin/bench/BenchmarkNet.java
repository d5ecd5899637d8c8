package org.burin.bench;

import org.burin.ir.Value;
import org.burin.nn.Activation;
import org.burin.nn.BatchNorm;
import org.burin.nn.Conv;
import org.burin.nn.Dense;
import org.burin.nn.Flatten;
import org.burin.nn.Layer;
import org.burin.nn.Merge;
import org.burin.nn.Model;
import org.burin.nn.Net;
import org.burin.nn.Padding;
import org.burin.nn.Pool;
import org.burin.nn.Sequential;
import org.burin.train.Loss;

/// The networks whose training step is measured, with the batch size and the loss that go with them.
public enum BenchmarkNet {
  /// Jet classification: 16 features, dense layers of 64, 32 and 32 with ReLU, 5 classes (Duarte et al., "Fast
  /// inference of deep neural networks in FPGAs for particle physics", JINST 13, 2018).
  JETS("jets MLP", 1024) {
    @Override
    void build(Net net) {
      net.output(OUTPUT, net.chain(net.input("x", 16), Dense.of(64, Activation.RELU), Dense.of(32, Activation.RELU),
          Dense.of(32, Activation.RELU), Dense.of(5)));
    }

    @Override
    int classes() {
      return 5;
    }

    @Override
    Loss loss() {
      return Loss.sparseCategoricalCrossentropyFromLogits();
    }
  },

  /// Two 3x3 convolutions of 32 filters on images of 8x8x2, max pooling, one of 64, dense layers of 256 and 1.
  CNN("CNN", 256) {
    @Override
    void build(Net net) {
      net.output(OUTPUT, net.chain(net.input("x", 8, 8, 2), conv(32, 3), Activation.RELU, conv(32, 3), Activation.RELU,
          Pool.max2D(2), conv(64, 3), Activation.RELU, Flatten.of(), Dense.of(256, Activation.RELU), Dense.of(1)));
    }
  },

  /// The network that learns the earth mover's distance of two images of a calorimeter module, 4x4x3 each: one base
  /// network on both, in both orders, averaged (Di Guglielmo et al., "A reconfigurable neural network ASIC for detector
  /// front-end data compression at the HL-LHC", IEEE Transactions on Nuclear Science 68, 2021).
  EMD_CNN("EMD CNN", 256) {
    @Override
    void build(Net net) {
      Layer base = Sequential.of(
          conv(32, 5), BatchNorm.of(), Activation.RELU,
          conv(32, 5), BatchNorm.of(), Activation.RELU,
          conv(32, 5), BatchNorm.of(), Activation.RELU,
          Flatten.of(), Dense.of(256), BatchNorm.of(), Activation.RELU, Dense.of(1)).named("base");
      Value a = net.input("a", 4, 4, 3);
      Value b = net.input("b", 4, 4, 3);
      Value there = base.apply(net, Merge.concat().apply(net, a, b));
      Value back = base.apply(net, Merge.concat().apply(net, b, a));
      net.output(OUTPUT, Merge.average().apply(net, there, back));
    }
  };

  /// The name of the output, and of what it is compared with.
  static final String OUTPUT = "y";

  private final String title;
  private final int batch;

  BenchmarkNet(String title, int batch) {
    this.title = title;
    this.batch = batch;
  }

  abstract void build(Net net);

  /// The number of classes that the output tells apart; 0 where it is a number to be met.
  int classes() {
    return 0;
  }

  Loss loss() {
    return Loss.meanSquaredError();
  }

  /// What reports call it.
  public String title() {
    return title;
  }

  /// Samples of a batch.
  public int batch() {
    return batch;
  }

  /// The network with the initial weights of a seed.
  Model model(long seed) {
    return Model.build(name(), seed, this::build);
  }

  private static Layer conv(int filters, int kernel) {
    return Conv.of2D(filters, kernel).withPadding(Padding.SAME);
  }
}
