package org.burin.conformance.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.burin.conformance.fuzz.LayerSpec.Walk;
import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.ir.GraphException;
import org.burin.ir.Value;
import org.burin.nn.Activation;
import org.burin.nn.AffineLayer;
import org.burin.nn.Conv;
import org.burin.nn.Dense;
import org.burin.nn.Flatten;
import org.burin.nn.GlobalPool;
import org.burin.nn.Merge;
import org.burin.nn.Model;
import org.burin.nn.Padding;
import org.burin.nn.Permute;
import org.burin.nn.Pool;
import org.burin.nn.Recurrent;
import org.burin.nn.UpSampling;
import org.burin.quant.Alpha;
import org.burin.quant.FoldedBatchNorm;
import org.burin.quant.Granularity;
import org.burin.quant.LearnedBits;
import org.burin.quant.QuantizedSoftmax;
import org.burin.quant.Quantizers;
import org.burin.tensor.Shape;

/// Draws quantized networks of one to six layers from a seed.
public final class NetFuzzer {
  private static final List<Activation> TABLES = List.of(Activation.SIGMOID, Activation.TANH, Activation.SILU,
      Activation.GELU, Activation.SOFTPLUS, Activation.SOFTSIGN, Activation.EXPONENTIAL, Activation.HARD_SWISH,
      Activation.SELU, Activation.elu(0.7f), Activation.leakyRelu(0.1f));

  private static final List<Activation> EXACT = List.of(Activation.RELU, Activation.RELU6,
      Activation.hardSigmoid(0.5f, 0.5f), Activation.leakyRelu(0.125f), Activation.relu(2.5f));

  /// More elements than this make a network slow without showing more.
  private static final int LARGEST = 300;

  private final Dice dice;

  /// Whether types have so many bits, and quantizers are so rare, that float32 may not hold what is computed.
  private final boolean wide;

  private NetFuzzer(long seed) {
    dice = new Dice(seed);
    wide = dice.oneIn(10);
  }

  /// The network of a seed.
  public static NetSpec net(long seed) {
    return new NetFuzzer(seed).draw();
  }

  private NetSpec draw() {
    List<Integer> sample = switch (dice.between(0, 4)) {
      case 0, 1 -> List.of(dice.between(1, 9));
      case 2 -> List.of(dice.between(2, 6), dice.between(1, 4));
      default -> List.of(dice.between(2, 5), dice.between(2, 5), dice.between(1, 3));
    };
    NetSpec net = new NetSpec(sample, type(wide ? dice.between(9, 16) : dice.between(2, 9)), List.of(), dice.seed());
    int layers = dice.between(1, 6);
    for (int tries = 0; net.layers().size() < layers && tries < 40; tries++) {
      List<LayerSpec> more = new ArrayList<>(net.layers());
      Shape shape = net.build().inference().output("y").shape();
      more.addAll(layer(shape));
      NetSpec longer = new NetSpec(sample, net.input(), more, net.weights());
      net = isUsable(longer) ? longer : net;
    }
    return net;
  }

  /// Whether the layers fit one another and stay small.
  private static boolean isUsable(NetSpec net) {
    try {
      Model model = net.build();
      for (Value v : model.inference().values()) {
        if (v.shape().bind(1).size() > LARGEST) {
          return false;
        }
      }
      return true;
    } catch (GraphException e) {
      return false; // a window that is larger than the image, say
    }
  }

  private List<LayerSpec> layer(Shape shape) {
    int axes = shape.rank() - 2;
    int kind = dice.between(0, 19);
    return switch (kind) {
      case 0, 1, 2 -> followed(LayerSpec.dense(dice.between(1, 8), weights(), bias()));
      case 3, 4 -> axes == 0 ? layer(shape)
          : followed(LayerSpec.conv(dice.between(1, 4), walk(axes), 1, weights(), bias()));
      case 5 -> axes == 0 ? layer(shape) : followed(windowed(shape, axes));
      case 6 -> axes == 0 ? layer(shape) : pool(axes);
      case 7 -> axes == 0 ? layer(shape) : globalPool();
      case 8 -> followed(LayerSpec.norm(weights(), addend()));
      case 9 -> List.of(
          LayerSpec.table(dice.pick(TABLES), quantizer(dice.between(2, 8)), quantizer(dice.between(2, 9))));
      case 10 -> exact();
      case 11 -> List.of(merge(), LayerSpec.quantize(quantizer(dice.between(2, 9))));
      case 12 -> List.of(LayerSpec.residual(dice.oneIn(2) ? Merge.add() : Merge.concat(), weights(),
          quantizer(dice.between(2, 8))));
      case 13 -> move(axes);
      case 14 -> List.of(LayerSpec.quantize(quantizer(dice.between(1, 10))));
      case 15 -> axes == 1 ? recurrent() : layer(shape);
      case 16 -> softmax();
      case 17 -> folded(axes);
      case 18 -> List.of(LayerSpec.quantize(QuantizerSpec.of(learnedData())));
      default -> axes == 0 ? layer(shape)
          : followed(LayerSpec.separable(dice.between(1, 3), walk(axes), weights(), bias()));
    };
  }

  private List<LayerSpec> windowed(Shape shape, int axes) {
    return switch (dice.between(0, 2)) {
      case 0 -> List.of(LayerSpec.depthwise(dice.between(1, 2), walk(axes), weights(), bias()));
      case 1 -> List.of(LayerSpec.transposed(dice.between(1, 3),
          new Walk(axes, dice.between(1, 3), dice.between(1, 2), 1, dice.oneIn(2) ? Padding.SAME : Padding.VALID),
          weights(), bias()));
      default -> {
        int channels = shape.dim(-1);
        yield List.of(LayerSpec.conv(2 * channels, walk(axes), channels, weights(), bias()));
      }
    };
  }

  private List<LayerSpec> followed(LayerSpec layer) {
    return followed(List.of(layer));
  }

  /// Mostly a quantizer comes next, sometimes a function before it, sometimes neither.
  private List<LayerSpec> followed(List<LayerSpec> layers) {
    List<LayerSpec> out = new ArrayList<>(layers);
    if (dice.oneIn(2)) {
      Activation function = dice.pick(EXACT);
      out.add(LayerSpec.of(function.toString(), () -> function));
    }
    if (!dice.oneIn(wide ? 2 : 8)) {
      out.add(LayerSpec.quantize(quantizer(wide ? dice.between(10, 16) : dice.between(2, 10))));
    }
    return out;
  }

  private List<LayerSpec> exact() {
    Activation function = dice.pick(EXACT);
    return List.of(LayerSpec.of(function.toString(), () -> function));
  }

  private Walk walk(int axes) {
    boolean dilated = dice.oneIn(5);
    Padding padding = dice.pick(List.of(Padding.VALID, Padding.SAME,
        axes == 1 ? Padding.explicit(1, 2) : Padding.explicit(1, 0, 2, 1)));
    return new Walk(axes, dice.between(1, 3), dilated ? 1 : dice.between(1, 2), dilated ? 2 : 1, padding);
  }

  private List<LayerSpec> pool(int axes) {
    int size = dice.between(2, 3);
    boolean max = dice.oneIn(2);
    Padding padding = dice.oneIn(2) ? Padding.SAME : Padding.VALID;
    int stride = dice.between(1, 2);
    Pool pool = (axes == 1 ? max ? Pool.max1D(size) : Pool.average1D(size)
        : max ? Pool.max2D(size) : Pool.average2D(size)).withPadding(padding).withStride(stride);
    LayerSpec layer = LayerSpec.of(
        (max ? "max" : "average") + " pool " + size + " stride " + stride + " padding " + padding, () -> pool);
    return max ? List.of(layer) : List.of(layer, LayerSpec.quantize(quantizer(dice.between(2, 9))));
  }

  private List<LayerSpec> globalPool() {
    return dice.oneIn(2)
        ? List.of(LayerSpec.of("global max pool", GlobalPool::max))
        : List.of(LayerSpec.of("global average pool", GlobalPool::average),
            LayerSpec.quantize(quantizer(dice.between(2, 9))));
  }

  private List<LayerSpec> recurrent() {
    FixedType state = new FixedType(true, dice.between(3, 6), 2, Rounding.RND_CONV, Overflow.SAT);
    Recurrent cell = switch (dice.between(0, 2)) {
      case 0 -> Recurrent.simple(dice.between(1, 3));
      case 1 -> Recurrent.lstm(dice.between(1, 2));
      default -> Recurrent.gru(dice.between(1, 2));
    };
    FixedType narrow = new FixedType(true, dice.between(4, 8), 3, Rounding.RND, Overflow.SAT);
    Activation hard = Activation.hardSigmoid(0.25f, 0.5f);
    QuantizerSpec kernel = fixed(dice.between(2, 5));
    Recurrent layer = cell.withGateActivation(hard).withActivation(Activation.relu(1f))
        .withKernelQuantizer(kernel.quantizer()).withRecurrentQuantizer(kernel.quantizer())
        .withBiasQuantizer(kernel.quantizer()).withStateQuantizer(Quantizers.fixed(state))
        .withReturnSequences(dice.oneIn(2));
    return List.of(LayerSpec.quantize(QuantizerSpec.fixed(narrow)), LayerSpec.exactly(
        cell.cell() + " " + cell.units() + " kernels " + kernel + " state " + state, () -> layer));
  }

  private List<LayerSpec> softmax() {
    FixedType input = new FixedType(true, dice.between(3, 7), dice.between(2, 4), Rounding.RND_CONV, Overflow.SAT);
    QuantizedSoftmax layer = QuantizedSoftmax.of(input).withArgMax(dice.oneIn(4));
    return List.of(LayerSpec.exactly("softmax of " + input + (layer.argMax() ? " as argmax" : ""), () -> layer));
  }

  private List<LayerSpec> folded(int axes) {
    QuantizerSpec kernel = dice.oneIn(2) ? fixed(dice.between(3, 8)) : QuantizerSpec.of(learnedWeights());
    QuantizerSpec bias = addend();
    int extent = dice.between(1, 4);
    AffineLayer<?> inner = axes == 0 || dice.oneIn(3) ? Dense.of(extent)
        : axes == 1 ? Conv.of1D(extent, 2) : Conv.of2D(extent, 2);
    AffineLayer<?> layer = inner.withKernelQuantizer(kernel.quantizer()).withBiasQuantizer(bias.quantizer());
    return followed(LayerSpec.of("folded batch norm of " + inner.stem() + " " + extent + " kernel " + kernel + " bias "
        + bias, () -> FoldedBatchNorm.of(layer)));
  }

  private LearnedBits learnedWeights() {
    return LearnedBits.weights().withGranularity(dice.pick(List.of(Granularity.values())))
        .withBits(dice.between(-1, 2), dice.between(1, 5));
  }

  private LearnedBits learnedData() {
    LearnedBits bits = LearnedBits.activations().withGranularity(dice.pick(List.of(Granularity.values())))
        .withBits(dice.between(0, 3), dice.between(0, 5));
    return dice.oneIn(3) ? bits.unsigned() : bits;
  }

  private LayerSpec merge() {
    Merge merge = dice.pick(List.of(Merge.add(), Merge.subtract(), Merge.multiply(), Merge.average(),
        Merge.maximum(), Merge.minimum(), Merge.concat()));
    return LayerSpec.merge(merge, quantizer(dice.between(2, 8)), quantizer(dice.between(2, 8)));
  }

  private List<LayerSpec> move(int axes) {
    if (axes == 0) {
      return List.of(LayerSpec.quantize(quantizer(dice.between(2, 9))));
    }
    return switch (dice.between(0, 2)) {
      case 0 -> List.of(LayerSpec.of("flatten", Flatten::of));
      case 1 -> List.of(axes == 1
          ? LayerSpec.of("upsample 2", () -> UpSampling.of1D(2))
          : LayerSpec.of("upsample 2x1", () -> UpSampling.of2D(2, 1)));
      default -> List.of(axes == 1
          ? LayerSpec.of("permute 2,1", () -> Permute.of(2, 1))
          : LayerSpec.of("permute 3,1,2", () -> Permute.of(3, 1, 2)));
    };
  }

  // ---- grids ------------------------------------------------------------------------------------------------------

  private QuantizerSpec weights() {
    int bits = dice.between(2, 8);
    int integer = dice.between(0, 2);
    return switch (wide ? 12 : dice.between(0, 12)) {
      case 0 -> QuantizerSpec.of(Quantizers.quantizedBits(bits, integer));
      case 1 -> QuantizerSpec.of(Quantizers.quantizedBits(bits, integer).withSymmetric(true).withAlpha(Alpha.of(0.5f)));
      case 2 -> QuantizerSpec.of(Quantizers.quantizedBits(bits, integer).withAlpha(Alpha.autoPo2()));
      case 3 -> QuantizerSpec.of(Quantizers.quantizedLinear(bits, integer));
      case 4 -> QuantizerSpec.of(dice.oneIn(2) ? Quantizers.binary() : Quantizers.stochasticBinary());
      case 5 -> QuantizerSpec.of(dice.oneIn(2) ? Quantizers.ternary() : Quantizers.stochasticTernary());
      case 6 -> QuantizerSpec.of(Quantizers.quantizedPo2(dice.between(3, 4)).withMaxValue(2f));
      case 7 -> QuantizerSpec.of(learnedWeights());
      default -> fixed(wide ? dice.between(8, 16) : dice.between(1, 8));
    };
  }

  private QuantizerSpec bias() {
    return dice.oneIn(3) ? QuantizerSpec.NONE : addend();
  }

  private QuantizerSpec addend() {
    return fixed(dice.between(2, 10));
  }

  /// A grid for numbers that depend on the input.
  private QuantizerSpec quantizer(int width) {
    int integer = dice.between(0, 2);
    return switch (dice.between(0, 15)) {
      case 0 -> QuantizerSpec.of(Quantizers.quantizedRelu(width, integer));
      case 1 -> QuantizerSpec.of(Quantizers.quantizedRelu(width + 2, integer).withSlope(0.25f));
      case 2 -> QuantizerSpec.of(Quantizers.quantizedBits(width, integer));
      case 3 -> QuantizerSpec.of(Quantizers.quantizedTanh(width));
      case 4 -> QuantizerSpec.of(Quantizers.quantizedSigmoid(width));
      case 5 -> QuantizerSpec.of(Quantizers.quantizedLinear(width + 1, integer));
      case 6 -> QuantizerSpec.of(dice.oneIn(2) ? Quantizers.binary() : Quantizers.ternary());
      default -> fixed(width);
    };
  }

  private QuantizerSpec fixed(int width) {
    return QuantizerSpec.fixed(type(width));
  }

  private FixedType type(int width) {
    return new FixedType(!dice.oneIn(4), width, dice.between(-1, Math.min(4, width + 1)),
        dice.pick(List.of(Rounding.values())), dice.pick(List.of(Overflow.values())));
  }
}
