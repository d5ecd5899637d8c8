package org.burin.ir;

import java.util.List;
import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.UnaryFn;
import org.burin.tensor.Window;

/// The closed set of operations. Each is pure and has one result.
///
/// Images are `[N,H,W,C]`, kernels `[kernelH,kernelW,channels/groups,filters]`. Shapes of operands and results are checked by
/// [TypeInference], where each operation's rule stands. Equality is structural: two equal operations compute the same value.
public sealed interface Op {

  // ---- leaves ---------------------------------------------------------------------------------------------------

  /// Data fed from outside at every run.
  record Input(String name, Shape shape) implements Op {}

  /// A tensor kept between runs: a weight, a moving average, an optimizer's slot. Read here, written by [Graph#updates].
  record Parameter(String name, Shape shape) implements Op {}

  /// A tensor known when the graph is built.
  record Constant(Tensor value) implements Op {}

  /// Uniform numbers in [0,1), a pure function of the key `[seed, seed', step, step']` (four whole numbers below 2^24), the
  /// stream and the position; see [org.burin.tensor.CounterRandom].
  record RandomUniform(Value key, int stream, Shape shape) implements Op {}

  // ---- element-wise ---------------------------------------------------------------------------------------------

  /// `fn(x)`.
  record Unary(UnaryFn fn, Value x) implements Op {}

  /// `fn(a, b)`, with NumPy broadcasting.
  record Binary(BinaryFn fn, Value a, Value b) implements Op {}

  /// `condition != 0 ? a : b`, with NumPy broadcasting of all three.
  record Select(Value condition, Value a, Value b) implements Op {}

  /// The value of `x` on the grid of a fixed-point type; its gradient passes straight through.
  record Quantize(Value x, FixedType type) implements Op {}

  /// The value of `x` on the grid of a fixed-point type of its own for each element, whose bits are data: whole numbers
  /// that broadcast to `x`. An element of no bits (`integer + fraction <= 0`) is 0. The gradient passes straight through
  /// to `x`; none reaches the bits.
  ///
  /// @param x the numbers
  /// @param integer bits left of the binary point, the sign bit included
  /// @param fraction bits right of the binary point
  /// @param signed whether the types have a sign bit
  record QuantizeBits(
      Value x, Value integer, Value fraction, boolean signed, Rounding rounding, Overflow overflow) implements Op {}

  /// `x`, through which no gradient flows.
  record StopGradient(Value x) implements Op {}

  /// `value`, with the gradient of `surrogate`, which has its shape: straight-through estimators (Bengio et al.,
  /// "Estimating or propagating gradients through stochastic neurons", 2013). No number of the surrogate enters the result.
  record StraightThrough(Value value, Value surrogate) implements Op {}

  // ---- products and convolutions --------------------------------------------------------------------------------

  /// `op(a) · op(b)` over the last two axes, where `op` transposes them if asked; leading axes broadcast.
  record MatMul(Value a, Value b, boolean transA, boolean transB) implements Op {}

  /// Convolution (cross-correlation) of images with a kernel.
  record Conv2d(Value x, Value w, Window window, int groups) implements Op {}

  /// The adjoint of [Conv2d] in its image: maps `y [N,oh,ow,filters]` to `[N,height,width,channels]`.
  record Conv2dTranspose(Value y, Value w, Window window, int groups, int height, int width) implements Op {}

  /// The adjoint of [Conv2d] in its kernel: maps images `x` and output gradients `y` to a kernel.
  record Conv2dKernel(Value x, Value y, Window window, int groups, int kernelH, int kernelW) implements Op {}

  // ---- pooling --------------------------------------------------------------------------------------------------

  /// The largest element of each window; padding never wins.
  record MaxPool2d(Value x, int kernelH, int kernelW, Window window) implements Op {}

  /// Puts each element of `y` where [MaxPool2d] of `x` found its (first, in row-major order) largest element, adding up.
  record MaxPool2dScatter(Value x, Value y, int kernelH, int kernelW, Window window) implements Op {}

  /// Takes from `v`, shaped like `x`, the elements where [MaxPool2d] of `x` found its (first) largest ones.
  record MaxPool2dGather(Value x, Value v, int kernelH, int kernelW, Window window) implements Op {}

  /// The mean of each window over the elements that lie inside the image.
  record AveragePool2d(Value x, int kernelH, int kernelW, Window window) implements Op {}

  /// The adjoint of [AveragePool2d]: spreads `y [N,oh,ow,C]` over `[N,height,width,C]`.
  record AveragePool2dAdjoint(Value y, int kernelH, int kernelW, Window window, int height, int width)
      implements Op {}

  /// Repeats every pixel `factorH` x `factorW` times (nearest-neighbour up-sampling).
  record Upsample2d(Value x, int factorH, int factorW) implements Op {}

  // ---- reductions -----------------------------------------------------------------------------------------------

  /// Folds the axes (ascending, not negative) away, or to extent 1 if `keepDims`.
  record Reduce(ReduceFn fn, Value x, List<Integer> axes, boolean keepDims) implements Op {}

  /// The position of the first largest element along an axis, as a float; the axis disappears.
  record ArgMax(Value x, int axis) implements Op {}

  /// Softmax over the last axis.
  record Softmax(Value x) implements Op {}

  /// Logarithm of the softmax over the last axis.
  record LogSoftmax(Value x) implements Op {}

  // ---- moving data ----------------------------------------------------------------------------------------------

  /// Takes slices of `x` along an axis: the axis is replaced by the axes of `indices` (whole numbers in range).
  record Gather(Value x, Value indices, int axis) implements Op {}

  /// The adjoint of [Gather]: adds slices of `updates` into zeros whose axis has this extent.
  record ScatterAdd(Value updates, Value indices, int axis, int extent) implements Op {}

  /// Joins values along an axis.
  record Concat(List<Value> values, int axis) implements Op {}

  /// `sizes[i]` elements from `starts[i]` on in steps of `steps[i]` along each axis; the batch axis is taken whole.
  record Slice(Value x, List<Integer> starts, List<Integer> sizes, List<Integer> steps) implements Op {}

  /// Surrounds `x` with `low` and `high` elements along each axis, and puts `interior` between neighbours.
  record Pad(Value x, List<Integer> low, List<Integer> high, List<Integer> interior, float value) implements Op {}

  /// The same elements in the same row-major order under another shape.
  record Reshape(Value x, Shape shape) implements Op {}

  /// Reorders the axes: axis i of the result is axis `permutation[i]` of `x`.
  record Transpose(Value x, List<Integer> permutation) implements Op {}

  /// Repeats `x` to a shape that it broadcasts to.
  record Broadcast(Value x, Shape shape) implements Op {}
}
