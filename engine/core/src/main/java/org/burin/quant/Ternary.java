package org.burin.quant;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.UnaryFn;

/// QKeras' `ternary`: the sign of `x` where `|x|` reaches a threshold, else 0, times a factor.
///
/// Alpha none: factor 1, gradient of tanh. Fixed: gradient 1; the threshold is not multiplied. Auto and auto_po2 (Li
/// et al., "Ternary weight networks", arXiv 1605.04711): from the scale `s = 2 max|x| / 3`, five times
/// `q = sign(x) where |s round(x / s)| >= s/2`, `s = mean(x q) / (mean(q q) + 1e-7)`; the result is `s q`, gradient 1.
///
/// @param alpha the factor
/// @param threshold where numbers stop being 0, positive; without effect if alpha is auto
public record Ternary(Alpha alpha, float threshold) implements Quantizer {
  /// Checks the threshold.
  ///
  /// @throws IllegalArgumentException when it is not positive
  public Ternary {
    new Problems("ternary")
        .expect(threshold > 0f && Float.isFinite(threshold), "threshold must be positive, found " + threshold)
        .report();
  }

  /// The same quantizer with another factor.
  public Ternary withAlpha(Alpha newAlpha) {
    return new Ternary(newAlpha, threshold);
  }

  /// The same quantizer with another threshold.
  public Ternary withThreshold(float newThreshold) {
    return new Ternary(alpha, newThreshold);
  }

  @Override
  public Value quantize(Net net, String name, Value x) {
    GraphBuilder b = net.graph();
    return switch (alpha) {
      case Alpha.None _ -> b.straightThrough(signs(b, x, x, b.constant(threshold)), b.unary(UnaryFn.TANH, x));
      case Alpha.Fixed(var factor) -> b.straightThrough(b.scale(signs(b, x, x, b.constant(threshold)), factor), x);
      case Alpha.Auto _, Alpha.AutoPo2 _ -> b.straightThrough(automatic(net, name, x), x);
    };
  }

  private Value automatic(Net net, String name, Value x) {
    GraphBuilder b = net.graph();
    Value scale = alpha.first(net, name, x, 2f / 3);
    Value q = x;
    for (int i = 0; i < 5; i++) {
      Value coarse = b.mul(scale, b.unary(UnaryFn.ROUND, b.div(x, scale)));
      q = signs(b, x, coarse, b.scale(scale, 0.5f));
      scale = alpha.leastSquares(net, name, x, q);
    }
    return b.mul(scale, q);
  }

  /// The signs of `x` where `|measure| >= least`, else 0.
  static Value signs(GraphBuilder b, Value x, Value measure, Value least) {
    Value large = b.binary(BinaryFn.GE, b.unary(UnaryFn.ABS, measure), least);
    return b.select(large, b.unary(UnaryFn.SIGN, x), b.constant(0f));
  }
}
