package org.burin.nn;

/// A layer of the form `activation(kernel * x + bias)`, with the options of [Affine].
///
/// @param <L> the layer's own type
public interface AffineLayer<L extends AffineLayer<L>> extends Layer {
  /// The options of kernel, bias and activation.
  Affine affine();

  /// The same layer with other options.
  L withAffine(Affine affine);

  /// The same layer with an activation.
  default L withActivation(Activation activation) {
    Affine a = affine();
    return withAffine(new Affine(a.bias(), a.kernelInitializer(), a.biasInitializer(), a.kernelRegularizer(),
        a.biasRegularizer(), activation));
  }

  /// The same layer with or without a bias.
  default L withBias(boolean bias) {
    Affine a = affine();
    return withAffine(new Affine(bias, a.kernelInitializer(), a.biasInitializer(), a.kernelRegularizer(),
        a.biasRegularizer(), a.activation()));
  }

  /// The same layer with a kernel that starts otherwise.
  default L withKernelInitializer(Initializer initializer) {
    Affine a = affine();
    return withAffine(new Affine(a.bias(), initializer, a.biasInitializer(), a.kernelRegularizer(),
        a.biasRegularizer(), a.activation()));
  }

  /// The same layer with a bias that starts otherwise.
  default L withBiasInitializer(Initializer initializer) {
    Affine a = affine();
    return withAffine(new Affine(a.bias(), a.kernelInitializer(), initializer, a.kernelRegularizer(),
        a.biasRegularizer(), a.activation()));
  }

  /// The same layer with a penalty on its kernel.
  default L withKernelRegularizer(Regularizer regularizer) {
    Affine a = affine();
    return withAffine(new Affine(a.bias(), a.kernelInitializer(), a.biasInitializer(), regularizer,
        a.biasRegularizer(), a.activation()));
  }

  /// The same layer with a penalty on its bias.
  default L withBiasRegularizer(Regularizer regularizer) {
    Affine a = affine();
    return withAffine(new Affine(a.bias(), a.kernelInitializer(), a.biasInitializer(), a.kernelRegularizer(),
        regularizer, a.activation()));
  }
}
