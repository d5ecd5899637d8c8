package org.burin.workloads.jets;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.burin.fixed.FixedType;
import org.burin.nn.Activation;
import org.burin.nn.BatchNorm;
import org.burin.nn.Dense;
import org.burin.nn.Initializer;
import org.burin.nn.Layer;
import org.burin.nn.Model;
import org.burin.nn.Quantizer;
import org.burin.nn.QuantizerLayer;
import org.burin.nn.Regularizer;
import org.burin.quant.LearnedBits;
import org.burin.quant.Quantizers;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// The network of the benchmark: 16 features, ReLU layers of 64, 32 and 32 units, 5 logits, whose softmax are the class
/// probabilities. 4,389 weights.
///
/// Layers and initialization are those of the reference (fastml-science, jet-classify), which has batch normalization
/// and an L1 penalty of 1e-4 besides.
///
/// @param batchNorm whether each hidden layer is normalized before its ReLU
/// @param l1 the factor of the penalty on the absolute values of the kernels, at least 0
/// @param types how numbers are quantized
public record JetsModel(boolean batchNorm, float l1, Types types) {
  /// How the numbers of the network are quantized.
  ///
  /// @param input the features
  /// @param kernel the kernels
  /// @param bias the biases
  /// @param hidden the results of the hidden layers, after their ReLU
  public record Types(Quantizer input, Quantizer kernel, Quantizer bias, Quantizer hidden) {
    /// No quantization.
    public static final Types FLOAT = new Types(Quantizer.NONE, Quantizer.NONE, Quantizer.NONE, Quantizer.NONE);

    /// As in the reference (QKeras): kernels and biases `quantized_bits(bits, 0, alpha=1)`, hidden layers
    /// `quantized_relu(bits)`, features in a type of 4 integer and 6 fractional bits (the reference has 6 and 10, but
    /// features are rarely beyond 8).
    public static Types uniform(int bits) {
      Quantizer weight = Quantizers.quantizedBits(bits, 0);
      return new Types(Quantizers.fixed(FixedType.parse("fixed<10,4,rnd_conv,sat>")), weight, weight,
          Quantizers.quantizedRelu(bits, 0));
    }

    /// Learned bits for every weight and every element of the features and of the hidden layers.
    public static Types learned() {
      LearnedBits data = LearnedBits.activations();
      LearnedBits weights = LearnedBits.weights();
      return new Types(data.withBits(3, 3), weights.withBits(1, 4), weights.withBits(1, 6),
          data.unsigned().withBits(2, 3));
    }
  }

  private static final int[] HIDDEN = {64, 32, 32};

  /// Neither batch normalization nor a penalty.
  public static final JetsModel BASELINE = new JetsModel(false, 0f, Types.FLOAT);

  /// What the reference has.
  public static final JetsModel REFERENCE = new JetsModel(true, 1e-4f, Types.FLOAT);

  /// A new, untrained model with the input `x [N,16]` and the output `y [N,5]`. Its metadata name features and classes,
  /// and the means and scales that standardize features in their own units ([Jets#standardizer]).
  public Model build(long seed) {
    List<Layer> layers = new ArrayList<>();
    if (!types.input.equals(Quantizer.NONE)) {
      layers.add(QuantizerLayer.of(types.input).named("input"));
    }
    for (int i = 1; i <= HIDDEN.length; i++) {
      layers.add(dense(HIDDEN[i - 1], "fc" + i));
      if (batchNorm) {
        layers.add(BatchNorm.of().named("bn" + i));
      }
      layers.add(Activation.RELU);
      if (!types.hidden.equals(Quantizer.NONE)) {
        layers.add(QuantizerLayer.of(types.hidden).named("q" + i));
      }
    }
    layers.add(dense(Jets.CLASSES.size(), "output"));
    return Model.sequential("jets", seed, Shape.of(Jets.FEATURES.size()), layers.toArray(Layer[]::new))
        .withMetadata("features", String.join(",", Jets.FEATURES))
        .withMetadata("classes", String.join(",", Jets.CLASSES))
        .withMetadata("standardizer.mean", numbers(Jets.standardizer().mean()))
        .withMetadata("standardizer.scale", numbers(Jets.standardizer().scale()));
  }

  private static String numbers(Tensor t) {
    return IntStream.range(0, t.size()).mapToObj(i -> Float.toString(t.data()[i])).collect(Collectors.joining(","));
  }

  private Dense dense(int units, String name) {
    return Dense.of(units)
        .withKernelInitializer(Initializer.lecunUniform())
        .withKernelRegularizer(Regularizer.l1(l1))
        .withKernelQuantizer(types.kernel)
        .withBiasQuantizer(types.bias)
        .named(name);
  }
}
