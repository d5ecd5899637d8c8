package org.burin.quant;

import java.util.stream.IntStream;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.UnaryFn;

/// QKeras' `stochastic_binary`: while training, 1 with the probability `sigmoid(temperature x / d)`, else -1, times a
/// factor; in use what [Binary] gives.
///
/// `d` is the standard deviation of `x` over all axes but the last (of a vector, over everything) plus 1e-7 if alpha
/// is auto, else 1. The factor of alpha auto is the least-squares factor of the signs of `x`, not of the drawn ones.
/// While training, the gradient is 1 everywhere, also if alpha is none.
///
/// @param alpha the factor
/// @param temperature how sharp the probability is, positive
/// @param sigmoid the sigmoid of the probability
public record StochasticBinary(Alpha alpha, float temperature, Sigmoid sigmoid) implements Quantizer {
  /// Checks the temperature.
  ///
  /// @throws IllegalArgumentException when it is not positive
  public StochasticBinary {
    new Problems("stochastic_binary")
        .expect(temperature > 0f && Float.isFinite(temperature), "temperature must be positive, found " + temperature)
        .report();
  }

  /// The same quantizer with another factor.
  public StochasticBinary withAlpha(Alpha newAlpha) {
    return new StochasticBinary(newAlpha, temperature, sigmoid);
  }

  /// The same quantizer with another temperature.
  public StochasticBinary withTemperature(float newTemperature) {
    return new StochasticBinary(alpha, newTemperature, sigmoid);
  }

  /// The same quantizer with another sigmoid.
  public StochasticBinary withSigmoid(Sigmoid newSigmoid) {
    return new StochasticBinary(alpha, temperature, newSigmoid);
  }

  @Override
  public Value quantize(Net net, String name, Value x) {
    if (!net.training()) {
      return new Binary(false, alpha).quantize(net, name, x);
    }
    GraphBuilder b = net.graph();
    Value measure = b.scale(x, temperature);
    Value scale = switch (alpha) {
      case Alpha.None _ -> b.constant(1f);
      case Alpha.Fixed(var factor) -> b.constant(factor);
      case Alpha.Auto _, Alpha.AutoPo2 _ -> alpha.leastSquares(net, name, x, Surrogates.sign(b, x, -1f));
    };
    if (alpha.isAuto()) {
      measure = b.div(measure, b.add(deviation(b, x), b.constant(Alpha.EPSILON)));
    }
    return b.straightThrough(b.mul(scale, drawn(net, sigmoid.of(b, measure))), x);
  }

  /// 1 with this probability, else -1.
  static Value drawn(Net net, Value probability) {
    GraphBuilder b = net.graph();
    Value one = b.binary(BinaryFn.GE, probability, net.uniform(probability.shape()));
    return b.select(one, b.constant(1f), b.constant(-1f));
  }

  /// The standard deviation over all axes but the last, extents kept; of a vector, over everything.
  static Value deviation(GraphBuilder b, Value x) {
    int[] axes = IntStream.range(0, Math.max(1, x.shape().rank() - 1)).toArray();
    Value centred = b.sub(x, b.reduce(ReduceFn.MEAN, x, true, axes));
    return b.unary(UnaryFn.SQRT, b.reduce(ReduceFn.MEAN, b.unary(UnaryFn.SQUARE, centred), true, axes));
  }
}
