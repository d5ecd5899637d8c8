package org.burin.nn;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.Shape;

/// The options that all layers of the form `activation(kernel * x + bias)` have in common.
///
/// @param bias whether a bias is added
/// @param kernelInitializer how the kernel is filled
/// @param biasInitializer how the bias is filled
/// @param kernelRegularizer the penalty on the kernel
/// @param biasRegularizer the penalty on the bias
/// @param activation what is applied last
public record Affine(
    boolean bias,
    Initializer kernelInitializer,
    Initializer biasInitializer,
    Regularizer kernelRegularizer,
    Regularizer biasRegularizer,
    Activation activation) {
  /// Glorot-uniform kernel, zero bias, no penalty, no activation.
  public static final Affine DEFAULT = new Affine(
      true, Initializer.glorotUniform(), Initializer.zeros(), Regularizer.NONE, Regularizer.NONE, Activation.LINEAR);

  /// The same options with or without a bias.
  public Affine withBias(boolean newBias) {
    return new Affine(newBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, activation);
  }

  /// The same options with a kernel that starts otherwise.
  public Affine withKernelInitializer(Initializer newKernelInitializer) {
    return new Affine(bias, newKernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, activation);
  }

  /// The same options with a bias that starts otherwise.
  public Affine withBiasInitializer(Initializer newBiasInitializer) {
    return new Affine(bias, kernelInitializer, newBiasInitializer, kernelRegularizer, biasRegularizer, activation);
  }

  /// The same options with a penalty on the kernel.
  public Affine withKernelRegularizer(Regularizer newKernelRegularizer) {
    return new Affine(bias, kernelInitializer, biasInitializer, newKernelRegularizer, biasRegularizer, activation);
  }

  /// The same options with a penalty on the bias.
  public Affine withBiasRegularizer(Regularizer newBiasRegularizer) {
    return new Affine(bias, kernelInitializer, biasInitializer, kernelRegularizer, newBiasRegularizer, activation);
  }

  /// The same options with another activation.
  public Affine withActivation(Activation newActivation) {
    return new Affine(bias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, newActivation);
  }

  /// The layer's kernel.
  Value kernel(Net net, Shape shape) {
    return kernel(net, "kernel", shape);
  }

  /// A kernel of the layer under another name.
  Value kernel(Net net, String name, Shape shape) {
    return net.parameter(name, shape, kernelInitializer, kernelRegularizer);
  }

  /// `activation(product + bias)`, where the bias has one number for each position of the last axis.
  Value finish(Net net, Value product) {
    GraphBuilder b = net.graph();
    Value y = product;
    if (bias) {
      Shape shape = Shape.of(product.shape().dim(-1));
      y = b.add(y, net.parameter("bias", shape, biasInitializer, biasRegularizer));
    }
    return activation.of(b, y);
  }
}
