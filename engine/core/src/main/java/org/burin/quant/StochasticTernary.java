package org.burin.quant;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;

/// QKeras' `stochastic_ternary`: while training, the mean of two signs drawn with the probabilities
/// `sigmoid(temperature (x / d - t))` and `sigmoid(temperature (x / d + t))`, times a factor; in use what [Ternary]
/// gives.
///
/// From the scale `s = 2 max|x| / 3`, five times `q = sign(x) where |x| >= s/2`, `s = mean(x q) / (mean(q q) + 1e-7)`;
/// with the standard deviation `d` (plus 1e-7) of `x` over all axes but the last, `t = s / (2 d)`. The gradient is 1.
///
/// @param alpha the factor, which is automatic
/// @param temperature how sharp the probabilities are, positive
/// @param sigmoid the sigmoid of the probabilities
public record StochasticTernary(Alpha alpha, float temperature, Sigmoid sigmoid) implements Quantizer {
  /// Checks the options.
  ///
  /// @throws IllegalArgumentException with every problem
  public StochasticTernary {
    new Problems("stochastic_ternary")
        .expect(alpha.isAuto(), "alpha must be auto or auto_po2, found " + alpha)
        .expect(temperature > 0f && Float.isFinite(temperature), "temperature must be positive, found " + temperature)
        .report();
  }

  /// The same quantizer with another factor.
  public StochasticTernary withAlpha(Alpha newAlpha) {
    return new StochasticTernary(newAlpha, temperature, sigmoid);
  }

  /// The same quantizer with another temperature.
  public StochasticTernary withTemperature(float newTemperature) {
    return new StochasticTernary(alpha, newTemperature, sigmoid);
  }

  /// The same quantizer with another sigmoid.
  public StochasticTernary withSigmoid(Sigmoid newSigmoid) {
    return new StochasticTernary(alpha, temperature, newSigmoid);
  }

  @Override
  public Value quantize(Net net, String name, Value x) {
    if (!net.training()) {
      return Quantizers.ternary().withAlpha(alpha).quantize(net, name, x);
    }
    GraphBuilder b = net.graph();
    Value scale = alpha.first(net, name, x, 2f / 3);
    for (int i = 0; i < 5; i++) {
      scale = alpha.leastSquares(net, name, x, Ternary.signs(b, x, x, b.scale(scale, 0.5f)));
    }
    Value deviation = b.add(StochasticBinary.deviation(b, x), b.constant(Alpha.EPSILON));
    Value centred = b.div(x, deviation);
    Value threshold = b.div(scale, b.scale(deviation, 2f));
    Value high = StochasticBinary.drawn(net, sigmoid.of(b, b.scale(b.sub(centred, threshold), temperature)));
    Value low = StochasticBinary.drawn(net, sigmoid.of(b, b.scale(b.add(centred, threshold), temperature)));
    return b.straightThrough(b.mul(scale, b.scale(b.add(high, low), 0.5f)), x);
  }
}
