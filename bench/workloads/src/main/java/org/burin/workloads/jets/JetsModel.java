package org.burin.workloads.jets;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.burin.nn.Activation;
import org.burin.nn.BatchNorm;
import org.burin.nn.Dense;
import org.burin.nn.Initializer;
import org.burin.nn.Layer;
import org.burin.nn.Model;
import org.burin.nn.Regularizer;
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
public record JetsModel(boolean batchNorm, float l1) {
  private static final int[] HIDDEN = {64, 32, 32};

  /// Neither batch normalization nor a penalty.
  public static final JetsModel BASELINE = new JetsModel(false, 0f);

  /// What the reference has.
  public static final JetsModel REFERENCE = new JetsModel(true, 1e-4f);

  /// A new, untrained model with the input `x [N,16]` and the output `y [N,5]`. Its metadata name features and classes,
  /// and the means and scales that standardize features in their own units ([Jets#standardizer]).
  public Model build(long seed) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i <= HIDDEN.length; i++) {
      layers.add(dense(HIDDEN[i - 1], "fc" + i));
      if (batchNorm) {
        layers.add(BatchNorm.of().named("bn" + i));
      }
      layers.add(Activation.RELU);
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
        .named(name);
  }
}
