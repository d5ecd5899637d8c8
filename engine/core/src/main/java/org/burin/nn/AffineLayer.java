package org.burin.nn;

/// A layer of the form `activation(kernel * x + bias)`, with the options of [Affine].
///
/// @param <L> the layer's own type
public interface AffineLayer<L extends AffineLayer<L>> extends Layer {
  /// The options of kernel, bias and activation.
  Affine affine();

  /// The same layer with other options.
  L withAffine(Affine affine);

  /// The same layer with or without a bias.
  default L withBias(boolean bias) {
    return withAffine(affine().withBias(bias));
  }

  /// The same layer with a kernel that starts otherwise.
  default L withKernelInitializer(Initializer kernelInitializer) {
    return withAffine(affine().withKernelInitializer(kernelInitializer));
  }

  /// The same layer with a bias that starts otherwise.
  default L withBiasInitializer(Initializer biasInitializer) {
    return withAffine(affine().withBiasInitializer(biasInitializer));
  }

  /// The same layer with a penalty on the kernel.
  default L withKernelRegularizer(Regularizer kernelRegularizer) {
    return withAffine(affine().withKernelRegularizer(kernelRegularizer));
  }

  /// The same layer with a penalty on the bias.
  default L withBiasRegularizer(Regularizer biasRegularizer) {
    return withAffine(affine().withBiasRegularizer(biasRegularizer));
  }

  /// The same layer with a kernel on a grid. Of recurrent layers, this is the kernel of the input.
  default L withKernelQuantizer(Quantizer kernelQuantizer) {
    return withAffine(affine().withKernelQuantizer(kernelQuantizer));
  }

  /// The same layer with a bias on a grid.
  default L withBiasQuantizer(Quantizer biasQuantizer) {
    return withAffine(affine().withBiasQuantizer(biasQuantizer));
  }

  /// The same layer with another activation.
  default L withActivation(Activation activation) {
    return withAffine(affine().withActivation(activation));
  }
}
