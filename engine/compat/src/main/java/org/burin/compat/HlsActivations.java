package org.burin.compat;

import org.burin.compat.HlsLayer.Function;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedMath;
import org.burin.fixed.FixedOp.Comparison;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.LookupTable;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.tensor.Shape;

/// The functions of single numbers.
///
/// @param param the type of a parameter
/// @param table the type of table entries
/// @param tableSize the number of table entries
/// @param result the type of the layer's result
record HlsActivations(FixedGraphBuilder b, FixedType param, FixedType table, int tableSize, FixedType result) {
  private static final FixedType HARD_SLOPE = FixedType.ufixed(16, 0);
  private static final FixedType SELU_FACTOR = FixedType.ufixed(16, 1);
  /// C++'s `int`, to which a number is converted by dropping its fraction.
  private static final FixedType INT = new FixedType(true, 32, 32, Rounding.TRN_ZERO, Overflow.WRAP);

  /// The function of every element of `x`.
  FixedValue apply(Function function, HlsValue in, double parameter) {
    FixedValue x = in.value();
    return switch (function) {
      case LINEAR -> b.quantize(x, result);
      case RELU -> b.quantize(b.relu(x), result);
      case RELU1 -> b.quantize(clip(x, 1), result);
      case RELU6 -> b.quantize(clip(x, 6), result);
      case LEAKY_RELU -> leaky(x, number(parameter, param));
      case THRESHOLDED_RELU ->
          b.quantize(b.select(b.compare(Comparison.GT, x, number(parameter, param)), x, b.constant(0, 0)), result);
      case ELU -> elu(x, number(parameter, param));
      case SELU -> selu(x);
      case SIGMOID -> tabulated(x, 8, "sigmoid");
      case TANH -> tabulated(x, 4, "tanh");
      case SOFTPLUS -> tabulated(x, 8, "softplus");
      case SOFTSIGN -> tabulated(x, 8, "softsign");
      case HARD_SIGMOID -> b.quantize(hardSigmoid(x, parameter), result);
      case HARD_TANH -> b.quantize(b.sub(b.shift(hardSigmoid(x, parameter), 1), b.constant(1, 0)), result);
      case BINARY_TANH -> binary(x);
      case TERNARY_TANH -> ternary(in);
    };
  }

  /// A rectifier with a slope for every element.
  FixedValue leaky(FixedValue x, FixedValue alpha) {
    FixedValue positive = b.compare(Comparison.GT, x, b.constant(0, 0));
    return b.quantize(b.select(positive, x, b.mul(alpha, x)), result);
  }

  private FixedValue number(double value, FixedType type) {
    return b.constant(FixedMath.fromDouble(value, type), type.fraction());
  }

  private FixedValue clip(FixedValue x, int max) {
    return b.min(b.relu(x), b.constant(max, 0));
  }

  private FixedValue elu(FixedValue x, FixedValue alpha) {
    FixedValue e = b.lookup(index(b.neg(x), 8, 0),
        HlsTables.of("elu", tableSize, this::negative, HlsTables::elu, table, table));
    return b.quantize(b.select(b.compare(Comparison.GE, x, b.constant(0, 0)), x, b.mul(alpha, e)), result);
  }

  private FixedValue selu(FixedValue x) {
    FixedValue e = b.lookup(index(b.neg(x), 8, 0),
        HlsTables.of("selu", tableSize, this::negative, HlsTables::selu, table, table));
    FixedValue factor = number(1.0507009873554805, SELU_FACTOR);
    return b.quantize(b.select(b.compare(Comparison.GE, x, b.constant(0, 0)), b.mul(factor, x), e), result);
  }

  private double negative(int index) {
    return -8.0 * index / (float) tableSize;
  }

  private FixedValue tabulated(FixedValue x, int reach, String name) {
    LookupTable values = HlsTables.of(name, tableSize, HlsTables.around(reach, tableSize), v -> switch (name) {
      case "sigmoid" -> HlsTables.sigmoid(v);
      case "tanh" -> StrictMath.tanh(v);
      case "softplus" -> HlsTables.softplus(v);
      default -> HlsTables.softsign(v);
    }, table, result);
    return b.lookup(index(x, 2 * reach, reach * tableSize / (2 * reach)), values);
  }

  private FixedValue index(FixedValue x, int span, int offset) {
    return index(b, x, tableSize, span, offset);
  }

  /// `(int) (x * size / span) + offset`, held between 0 and `size - 1`: the product exact, the quotient rounded toward
  /// zero at the last bit of `x`, its whole part rounded toward zero too.
  ///
  /// @param span a power of two
  static FixedValue index(FixedGraphBuilder b, FixedValue x, int size, int span, int offset) {
    FixedValue scaled = b.shift(b.mul(x, b.constant(size, 0)), -Integer.numberOfTrailingZeros(span));
    int fraction = x.precision().fraction();
    if (fraction < 0) {
      scaled = b.quantize(scaled, new FixedType(true, 62, 62 - fraction, Rounding.TRN_ZERO, Overflow.WRAP));
    }
    FixedValue index = b.quantize(b.add(b.quantize(scaled, INT), b.constant(offset, 0)), INT);
    return b.min(b.relu(index), b.constant(FixedTensor.of(Shape.SCALAR, 0, size - 1)));
  }

  private FixedValue hardSigmoid(FixedValue x, double slope) {
    return clip(b.add(b.mul(number(slope, HARD_SLOPE), x), b.constant(1, 1)), 1);
  }

  private FixedValue binary(FixedValue x) {
    FixedValue positive = b.compare(Comparison.GE, x, b.constant(0, 0));
    boolean bit = !result.signed() && result.width() == 1 && result.integer() == 1;
    return b.quantize(bit ? positive : b.sub(b.shift(positive, 1), b.constant(1, 0)), result);
  }

  /// The doubled number is brought to the type of `x`, where it may wrap.
  private FixedValue ternary(HlsValue in) {
    FixedValue doubled = b.quantize(b.shift(in.value(), 1), in.type());
    FixedValue above = b.compare(Comparison.GT, doubled, b.constant(1, 0));
    FixedValue notBelow = b.compare(Comparison.GT, doubled, b.constant(-1, 0));
    return b.quantize(b.sub(b.add(above, notBelow), b.constant(1, 0)), result);
  }
}
