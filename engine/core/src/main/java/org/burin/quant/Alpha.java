package org.burin.quant;

import java.util.stream.IntStream;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.UnaryFn;

/// The factor of a quantizer's grid: QKeras' `alpha`.
///
/// QKeras' layers turn a kernel quantizer without alpha into one with `auto_po2` in silence; here [#none] stays a
/// factor of 1.
public sealed interface Alpha {
  /// Keras' epsilon, which keeps divisions and logarithms finite.
  float EPSILON = 1e-7f;

  /// No factor; unlike a factor of 1 it makes [Binary] and [Ternary] pass the gradient of tanh.
  record None() implements Alpha {}

  /// A factor that is given.
  ///
  /// @param factor finite and not 0
  record Fixed(float factor) implements Alpha {
    /// Checks the factor.
    ///
    /// @throws IllegalArgumentException when it is 0, infinite or NaN
    public Fixed {
      if (!(Math.abs(factor) > 0f && Float.isFinite(factor))) {
        throw new IllegalArgumentException("alpha must be finite and not 0, found " + factor);
      }
    }
  }

  /// A factor for each position of one axis, computed from the numbers themselves at every step.
  ///
  /// @param axis the axis; negative from the end
  record Auto(int axis) implements Alpha {}

  /// As [Auto], rounded to a power of two.
  ///
  /// @param axis the axis; negative from the end
  /// @param minExponent the least exponent that the factor may come out with, at least -126
  /// @param maxExponent the largest one, at most 127
  record AutoPo2(int axis, int minExponent, int maxExponent) implements Alpha {
    /// Checks the exponents.
    ///
    /// @throws IllegalArgumentException when they are not in order or not exponents of floats
    public AutoPo2 {
      if (minExponent < -126 || maxExponent > 127 || minExponent > maxExponent) {
        throw new IllegalArgumentException("alpha's exponents must satisfy -126 <= min <= max <= 127, found "
            + minExponent + " and " + maxExponent);
      }
    }
  }

  /// No factor.
  static Alpha none() {
    return new None();
  }

  /// [Auto] for each position of the last axis.
  static Alpha auto() {
    return new Auto(-1);
  }

  /// [AutoPo2] for each position of the last axis, without limits.
  static Alpha autoPo2() {
    return new AutoPo2(-1, -126, 127);
  }

  /// A factor that is given.
  ///
  /// @throws IllegalArgumentException when it is 0, infinite or NaN
  static Alpha of(float factor) {
    return new Fixed(factor);
  }

  /// Whether the factor is computed from the numbers.
  default boolean isAuto() {
    return this instanceof Auto || this instanceof AutoPo2;
  }

  /// The axis along which factors differ, of numbers of this shape, after a check that they can be computed.
  ///
  /// @throws org.burin.ir.GraphException when the shape has an open batch size or no such axis
  private int axis(Net net, String name, Value x) {
    int axis = this instanceof AutoPo2 po2 ? po2.axis : this instanceof Auto auto ? auto.axis : -1;
    Shape s = x.shape();
    if (!s.isBound()) {
      throw net.problem("alpha 'auto' computes the grid of '" + name + "' " + s + " from its numbers, which depend on"
          + " the input; give a fixed alpha, or calibrate (PostTraining)");
    }
    if (axis < -s.rank() || axis >= s.rank()) {
      throw net.problem("alpha 'auto' has a factor for each position of axis " + axis + ", but '" + name
          + "' has shape " + s);
    }
    return s.axis(axis);
  }

  /// A first factor: `factor * max |x|` over all axes but one, extents kept; over everything of a vector. A power of
  /// two if alpha is one.
  ///
  /// @throws org.burin.ir.GraphException when the numbers depend on the input, or the axis does not exist
  default Value first(Net net, String name, Value x, float factor) {
    GraphBuilder b = net.graph();
    int axis = axis(net, name, x);
    int[] others = x.shape().rank() == 1 ? new int[] {0} : others(x, axis);
    Value scale = b.scale(b.reduce(ReduceFn.MAX, b.unary(UnaryFn.ABS, x), true, others), factor);
    return this instanceof AutoPo2 ? powerOfTwo(b, scale) : scale;
  }

  /// The factor of `q` that is nearest to `x` by least squares, `mean(x q) / (mean(q q) + epsilon)` over all axes but
  /// one, extents kept; of a vector, element by element. A power of two within alpha's limits if alpha is one.
  ///
  /// @throws org.burin.ir.GraphException when the numbers depend on the input, or the axis does not exist
  default Value leastSquares(Net net, String name, Value x, Value q) {
    GraphBuilder b = net.graph();
    Value products = b.mul(x, q);
    Value squares = b.mul(q, q);
    int axis = axis(net, name, x);
    if (x.shape().rank() > 1) {
      products = b.reduce(ReduceFn.MEAN, products, true, others(x, axis));
      squares = b.reduce(ReduceFn.MEAN, squares, true, others(x, axis));
    }
    Value scale = b.div(products, b.add(squares, b.constant(EPSILON)));
    if (this instanceof AutoPo2(_, var min, var max)) {
      return b.clip(powerOfTwo(b, scale), Math.scalb(1f, min), Math.scalb(1f, max));
    }
    return scale;
  }

  /// `2^round(log2(scale + epsilon))`, exactly a power of two.
  private static Value powerOfTwo(GraphBuilder b, Value scale) {
    Value log2 = Po2.log2(b, b.add(scale, b.constant(EPSILON)));
    return b.binary(BinaryFn.POW, b.constant(2f), b.unary(UnaryFn.ROUND, log2));
  }

  private static int[] others(Value x, int axis) {
    return IntStream.range(0, x.shape().rank()).filter(i -> i != axis).toArray();
  }
}
