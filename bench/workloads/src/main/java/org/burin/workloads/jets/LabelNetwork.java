package org.burin.workloads.jets;

/// The small ReLU network that says how probable each class is for a generated jet. Immutable.
final class LabelNetwork {
  private static final int LAYERS = 3;

  private final double[][][] kernels;
  private final double[][] biases;

  /// A network of ReLU layers and a linear last one.
  ///
  /// @param kernels `[layers][inputs][outputs]`
  /// @param biases `[layers][outputs]`
  LabelNetwork(double[][][] kernels, double[][] biases) {
    this.kernels = kernels;
    this.biases = biases;
  }

  /// The network that labels the generated jets: 15-24-16-5.
  static LabelNetwork shipped() {
    double[][][] kernels = new double[LAYERS][][];
    double[][] biases = new double[LAYERS][];
    for (int layer = 0; layer < LAYERS; layer++) {
      kernels[layer] = GeneratorNumbers.rows("kernel" + layer);
      biases[layer] = GeneratorNumbers.row("bias" + layer);
    }
    return new LabelNetwork(kernels, biases);
  }

  /// The class at a position of the cumulated class probabilities.
  ///
  /// @param drawn the standardized features without the copied one
  /// @param uniform a number in [0,1)
  int draw(double[] drawn, double uniform) {
    double[] weights = classWeights(drawn);
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double left = uniform * sum;
    int label = 0;
    while (label < weights.length - 1 && left >= weights[label]) {
      left -= weights[label++];
    }
    return label;
  }

  /// Numbers proportional to the class probabilities, the largest of them 1.
  double[] classWeights(double[] drawn) {
    double[] values = drawn;
    for (int layer = 0; layer < kernels.length; layer++) {
      values = affine(values, kernels[layer], biases[layer], layer < kernels.length - 1);
    }
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : values) {
      max = Math.max(max, logit);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = StrictMath.exp(values[i] - max);
    }
    return values;
  }

  private static double[] affine(double[] in, double[][] kernel, double[] bias, boolean relu) {
    double[] out = bias.clone();
    for (int i = 0; i < in.length; i++) {
      double x = in[i];
      double[] row = kernel[i];
      for (int j = 0; j < out.length; j++) {
        out[j] += x * row[j];
      }
    }
    if (relu) {
      for (int j = 0; j < out.length; j++) {
        out[j] = Math.max(out[j], 0);
      }
    }
    return out;
  }
}
