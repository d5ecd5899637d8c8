package org.burin.quant;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;
import org.burin.tensor.UnaryFn;

/// QKeras' `quantized_ulaw`: few levels, spaced as in the µ-law companding of telephony (ITU-T G.711).
///
/// With `m = 2^(bits-1)`, `k = 2^integer` and `r = 2 round(m sigmoid(x / k)) / m - 1`, halves to even:
/// `k clip(sign(r) log(1 + u |r|) / log(1 + u), -1 + symmetric/m, 1 - 1/m)`. QKeras stops there, off any grid; here the
/// result is brought onto one by a last quantizer. The gradient is that of the formula, with round taken as the
/// identity.
///
/// @param bits bits of the levels, the sign included
/// @param integer bits left of the binary point, the sign not included
/// @param symmetric whether the most negative level is left out
/// @param u how unevenly levels are spaced, positive; 255 in telephony
/// @param sigmoid the sigmoid
/// @param grid the grid of results; [Quantizer#NONE] gives QKeras' numbers, which no hardware has
public record QuantizedUlaw(
    int bits, int integer, boolean symmetric, float u, Sigmoid sigmoid, Quantizer grid) implements Quantizer {
  /// Checks the options.
  ///
  /// @throws IllegalArgumentException with every problem
  public QuantizedUlaw {
    new Problems("quantized_ulaw")
        .bits(bits, integer)
        .expect(u > 0f && Float.isFinite(u), "u must be positive and finite, found " + u)
        .report();
  }

  /// The same quantizer without the most negative level, or with it.
  public QuantizedUlaw withSymmetric(boolean newSymmetric) {
    return new QuantizedUlaw(bits, integer, newSymmetric, u, sigmoid, grid);
  }

  /// The same quantizer with another spacing.
  public QuantizedUlaw withU(float newU) {
    return new QuantizedUlaw(bits, integer, symmetric, newU, sigmoid, grid);
  }

  /// The same quantizer with another sigmoid.
  public QuantizedUlaw withSigmoid(Sigmoid newSigmoid) {
    return new QuantizedUlaw(bits, integer, symmetric, u, newSigmoid, grid);
  }

  /// The same quantizer with results on another grid.
  public QuantizedUlaw withGrid(Quantizer newGrid) {
    return new QuantizedUlaw(bits, integer, symmetric, u, sigmoid, newGrid);
  }

  @Override
  public Value quantize(Net net, String name, Value x) {
    GraphBuilder b = net.graph();
    Value one = b.constant(1f);
    Value p = sigmoid.of(b, b.scale(x, Math.scalb(1f, -integer)));
    Value rounded = b.quantize(p, Surrogates.saturating(false, bits, 1, false));
    Value r = b.sub(b.scale(rounded, 2f), one);
    Value magnitude = b.unary(UnaryFn.LOG, b.add(b.scale(b.unary(UnaryFn.ABS, r), u), one));
    Value whole = b.unary(UnaryFn.LOG, b.add(b.constant(u), one));
    Value law = b.div(b.mul(b.unary(UnaryFn.SIGN, r), magnitude), whole);
    float step = Math.scalb(1f, 1 - bits);
    Value clipped = Surrogates.clip(b, law, symmetric ? step - 1f : -1f, 1f - step);
    return grid.quantize(net, name, b.scale(clipped, Math.scalb(1f, integer)));
  }
}
