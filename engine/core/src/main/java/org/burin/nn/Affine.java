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
/// @param kernelQuantizer the grid of the kernel as used
/// @param biasQuantizer the grid of the bias as used
/// @param activation what is applied last
public record Affine(
    boolean bias,
    Initializer kernelInitializer,
    Initializer biasInitializer,
    Regularizer kernelRegularizer,
    Regularizer biasRegularizer,
    Quantizer kernelQuantizer,
    Quantizer biasQuantizer,
    Activation activation) {
  /// Glorot-uniform kernel, zero bias, no penalty, no quantization, no activation.
  public static final Affine DEFAULT = new Affine(
      true, Initializer.glorotUniform(), Initializer.zeros(), Regularizer.NONE, Regularizer.NONE,
      Quantizer.NONE, Quantizer.NONE, Activation.LINEAR);

  /// The same options with or without a bias.
  public Affine withBias(boolean newBias) {
    return new Affine(newBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer,
        kernelQuantizer, biasQuantizer, activation);
  }

  /// The same options with a kernel that starts otherwise.
  public Affine withKernelInitializer(Initializer newKernelInitializer) {
    return new Affine(bias, newKernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer,
        kernelQuantizer, biasQuantizer, activation);
  }

  /// The same options with a bias that starts otherwise.
  public Affine withBiasInitializer(Initializer newBiasInitializer) {
    return new Affine(bias, kernelInitializer, newBiasInitializer, kernelRegularizer, biasRegularizer,
        kernelQuantizer, biasQuantizer, activation);
  }

  /// The same options with a penalty on the kernel.
  public Affine withKernelRegularizer(Regularizer newKernelRegularizer) {
    return new Affine(bias, kernelInitializer, biasInitializer, newKernelRegularizer, biasRegularizer,
        kernelQuantizer, biasQuantizer, activation);
  }

  /// The same options with a penalty on the bias.
  public Affine withBiasRegularizer(Regularizer newBiasRegularizer) {
    return new Affine(bias, kernelInitializer, biasInitializer, kernelRegularizer, newBiasRegularizer,
        kernelQuantizer, biasQuantizer, activation);
  }

  /// The same options with a kernel on a grid.
  public Affine withKernelQuantizer(Quantizer newKernelQuantizer) {
    return new Affine(bias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer,
        newKernelQuantizer, biasQuantizer, activation);
  }

  /// The same options with a bias on a grid.
  public Affine withBiasQuantizer(Quantizer newBiasQuantizer) {
    return new Affine(bias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer,
        kernelQuantizer, newBiasQuantizer, activation);
  }

  /// The same options with another activation.
  public Affine withActivation(Activation newActivation) {
    return new Affine(bias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer,
        kernelQuantizer, biasQuantizer, newActivation);
  }

  /// The layer's kernel, quantized.
  Value kernel(Net net, Shape shape) {
    return kernel(net, "kernel", shape);
  }

  /// A kernel of the layer under another name, quantized.
  Value kernel(Net net, String name, Shape shape) {
    return net.quantized(kernelQuantizer, name, net.parameter(name, shape, kernelInitializer, kernelRegularizer));
  }

  /// `activation(product + bias)`, where the bias has one number for each position of the last axis.
  Value finish(Net net, Value product) {
    GraphBuilder b = net.graph();
    Value y = product;
    if (bias) {
      Value raw = net.parameter("bias", Shape.of(product.shape().dim(-1)), biasInitializer, biasRegularizer);
      y = b.add(y, net.quantized(biasQuantizer, "bias", raw));
    }
    return activation.of(b, y);
  }
}
