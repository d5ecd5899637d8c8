package org.burin.nn;

import java.util.function.BiFunction;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.UnaryFn;

/// A function without parameters that keeps the shape: an option of many layers, and a layer itself.
public final class Activation implements Layer {
  /// `x` itself.
  public static final Activation LINEAR = of("linear", (b, x) -> x);

  /// `max(x, 0)`.
  public static final Activation RELU = of("relu", GraphBuilder::relu);

  /// `min(max(x, 0), 6)`.
  public static final Activation RELU6 = of("relu6", (b, x) -> limited(b, x, 6f));

  /// Logistic function `1 / (1 + e^-x)`.
  public static final Activation SIGMOID = of("sigmoid", (b, x) -> b.unary(UnaryFn.SIGMOID, x));

  /// Hyperbolic tangent.
  public static final Activation TANH = of("tanh", (b, x) -> b.unary(UnaryFn.TANH, x));

  /// Softmax over the last axis.
  public static final Activation SOFTMAX = of("softmax", GraphBuilder::softmax);

  /// `e^x`.
  public static final Activation EXPONENTIAL = of("exponential", (b, x) -> b.unary(UnaryFn.EXP, x));

  /// `log(1 + e^x)`, as `max(x, 0) + log(1 + e^-|x|)`, which does not overflow.
  public static final Activation SOFTPLUS = of("softplus", Activation::softplus);

  /// `x / (1 + |x|)`.
  public static final Activation SOFTSIGN =
      of("softsign", (b, x) -> b.div(x, b.add(b.unary(UnaryFn.ABS, x), b.constant(1f))));

  /// `x * sigmoid(x)`, also called swish: Ramachandran et al., "Searching for activation functions", 2017.
  public static final Activation SILU = of("silu", (b, x) -> b.mul(x, b.unary(UnaryFn.SIGMOID, x)));

  /// `x * Φ(x)` with the normal distribution function `Φ(x) = (1 + erf(x / √2)) / 2`: Hendrycks and Gimpel,
  /// "Gaussian error linear units", 2016.
  public static final Activation GELU = of("gelu", Activation::gelu);

  /// `clip(x / 6 + 1/2, 0, 1)`, as in Keras 3, PyTorch and ONNX's HardSwish; Keras 2 has [#hardSigmoid(float,float)] of
  /// 0.2 and 0.5.
  public static final Activation HARD_SIGMOID = of("hard_sigmoid", (b, x) -> hardSigmoid(b, x, 1f / 6, 0.5f));

  /// `x * HARD_SIGMOID(x)`: Howard et al., "Searching for MobileNetV3", ICCV 2019, section 5.2.
  public static final Activation HARD_SWISH =
      of("hard_swish", (b, x) -> b.mul(x, hardSigmoid(b, x, 1f / 6, 0.5f)));

  /// Scaled exponential linear unit: Klambauer et al., "Self-normalizing neural networks", NIPS 2017, equation 2.
  public static final Activation SELU =
      of("selu", (b, x) -> b.scale(exponentialLinear(b, x, 1.6732632f), 1.050701f));

  private final String stem;
  private final BiFunction<GraphBuilder, Value, Value> function;

  private Activation(String stem, BiFunction<GraphBuilder, Value, Value> function) {
    this.stem = stem;
    this.function = function;
  }

  /// A function of one's own.
  ///
  /// @param stem the stem of automatic names of layers that consist of it
  /// @param function builds the operations; the result has the operand's shape
  public static Activation of(String stem, BiFunction<GraphBuilder, Value, Value> function) {
    return new Activation(stem, function);
  }

  /// `min(max(x, 0), limit)`.
  ///
  /// @throws IllegalArgumentException when the limit is not positive
  public static Activation relu(float limit) {
    if (!(limit > 0f)) {
      throw Options.invalid("relu", "", "limit must be positive, found " + limit);
    }
    return of("relu", (b, x) -> limited(b, x, limit));
  }

  /// `x > 0 ? x : slope * x`: Maas et al., "Rectifier nonlinearities improve neural network acoustic models", ICML
  /// 2013.
  public static Activation leakyRelu(float slope) {
    return of("leaky_relu", (b, x) ->
        b.select(b.binary(BinaryFn.GT, x, b.constant(0f)), x, b.scale(x, slope)));
  }

  /// `x > 0 ? x : alpha * (e^x - 1)`: Clevert et al., "Fast and accurate deep network learning by exponential linear
  /// units", ICLR 2016.
  public static Activation elu(float alpha) {
    return of("elu", (b, x) -> exponentialLinear(b, x, alpha));
  }

  /// `clip(slope * x + offset, 0, 1)`.
  public static Activation hardSigmoid(float slope, float offset) {
    return of("hard_sigmoid", (b, x) -> hardSigmoid(b, x, slope, offset));
  }

  /// The function of a value.
  public Value of(GraphBuilder b, Value x) {
    return function.apply(b, x);
  }

  @Override
  public Value build(Net net, Value x) {
    return of(net.graph(), x);
  }

  @Override
  public String stem() {
    return stem;
  }

  @Override
  public String toString() {
    return stem;
  }

  private static Value limited(GraphBuilder b, Value x, float limit) {
    return b.binary(BinaryFn.MIN, b.relu(x), b.constant(limit));
  }

  private static Value softplus(GraphBuilder b, Value x) {
    Value tail = b.unary(UnaryFn.EXP, b.neg(b.unary(UnaryFn.ABS, x)));
    return b.add(b.relu(x), b.unary(UnaryFn.LOG, b.add(tail, b.constant(1f))));
  }

  private static Value gelu(GraphBuilder b, Value x) {
    Value erf = b.unary(UnaryFn.ERF, b.scale(x, 0.70710677f));
    return b.mul(b.scale(x, 0.5f), b.add(erf, b.constant(1f)));
  }

  private static Value hardSigmoid(GraphBuilder b, Value x, float slope, float offset) {
    return b.clip(b.add(b.scale(x, slope), b.constant(offset)), 0f, 1f);
  }

  private static Value exponentialLinear(GraphBuilder b, Value x, float alpha) {
    Value zero = b.constant(0f);
    // The exponential sees no positive number: it would overflow, and infinity times 0 spoils the gradient.
    Value grown = b.unary(UnaryFn.EXP, b.binary(BinaryFn.MIN, x, zero));
    return b.select(b.binary(BinaryFn.GT, x, zero), x, b.scale(b.sub(grown, b.constant(1f)), alpha));
  }
}
