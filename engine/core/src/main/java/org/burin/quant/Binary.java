package org.burin.quant;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;
import org.burin.tensor.UnaryFn;

/// QKeras' `binary`: 1 where `x >= 0`, else -1 (or 0), times a factor.
///
/// Alpha none: factor 1, gradient of tanh. Fixed: gradient 1. Auto and auto_po2: the factor `mean(x q) / (mean(q q) +
/// 1e-7)` of the signs `q`, gradient 1.
///
/// @param zeroAndOne whether negative numbers become 0 rather than -1
/// @param alpha the factor
public record Binary(boolean zeroAndOne, Alpha alpha) implements Quantizer {
  /// The same quantizer to 0 and 1, or to -1 and 1.
  public Binary withZeroAndOne(boolean newZeroAndOne) {
    return new Binary(newZeroAndOne, alpha);
  }

  /// The same quantizer with another factor.
  public Binary withAlpha(Alpha newAlpha) {
    return new Binary(zeroAndOne, newAlpha);
  }

  @Override
  public Value quantize(Net net, String name, Value x) {
    GraphBuilder b = net.graph();
    Value q = Surrogates.sign(b, x, zeroAndOne ? 0f : -1f);
    return switch (alpha) {
      case Alpha.None _ -> b.straightThrough(q, b.unary(UnaryFn.TANH, x));
      case Alpha.Fixed(var factor) -> b.straightThrough(b.scale(q, factor), x);
      case Alpha.Auto _, Alpha.AutoPo2 _ -> b.straightThrough(b.mul(alpha.leastSquares(net, name, x, q), q), x);
    };
  }
}
