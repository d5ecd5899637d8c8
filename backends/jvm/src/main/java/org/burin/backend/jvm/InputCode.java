package org.burin.backend.jvm;

import org.burin.fixed.ElementTypes;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;

/// Writes the conversions between the caller's floats and raw integers.
final class InputCode {
  private final Storage storage;

  InputCode(Storage storage) {
    this.storage = storage;
  }

  /// Statements that bring the floats of a sample, from `name[nameAt]` on, to the types of an input.
  ///
  /// @param target the array for the raw integers
  void read(Storage.Port port, ElementTypes types, String target, Body body) {
    FixedValue v = port.value();
    int size = Elements.shape(v).size();
    boolean wide = Fits.isWide(v);
    if (types.isUniform()) {
      Affine i = body.loop(size);
      convert(port, types.types().getFirst(), types.fraction(), wide, i, target, body);
      body.end(i);
      return;
    }
    // Runs of elements of one type share a loop.
    int start = 0;
    while (start < size) {
      FixedType type = type(types, v, start);
      int end = start + 1;
      while (end < size && type(types, v, end).equals(type)) {
        end++;
      }
      Affine i = body.loop(end - start);
      convert(port, type, types.fraction(), wide, i.plus(start), target, body);
      body.end(i);
      start = end;
    }
  }

  private static FixedType type(ElementTypes types, FixedValue v, int flat) {
    FixedType type = Rounded.typeAt(types, Elements.unflatten(Elements.shape(v), flat));
    if (type == null) {
      throw new IllegalStateException("the index of an element is known");
    }
    return type;
  }

  private void convert(
      Storage.Port port, FixedType type, int fraction, boolean wide, Affine i, String target, Body body) {
    String x = port.name() + "[" + i.plus(Affine.variable(port.offset())) + "]";
    String method = storage.helpers().fromFloat(type.rounding(), type.overflow());
    String scale = power(type.fraction());
    String call = method + "(" + x + " * " + scale + ", " + least(type) + ", " + most(type) + ")";
    int up = fraction - type.fraction();
    String raw = up == 0 ? call : call + " << " + up;
    body.statement(target + "[" + i + "] = " + (wide ? raw : "(int) " + (up == 0 ? raw : "(" + raw + ")")));
  }

  private static String least(FixedType type) {
    return Term.literal(Rounded.least(type), true);
  }

  private static String most(FixedType type) {
    return Term.literal(Rounded.most(type), true);
  }

  /// `2^exponent` as a literal of type `double`, exact.
  static String power(int exponent) {
    return Double.toHexString(Math.scalb(1.0, exponent)).replace(".0p", "p");
  }

  /// Statements that write raw integers as floats, each the nearest.
  void write(Storage.Port port, String source, Body body) {
    FixedValue v = port.value();
    Affine i = body.loop(Elements.shape(v).size());
    String scale = power(-Elements.fraction(v)) + "f";
    body.statement(port.name() + "[" + i.plus(Affine.variable(port.offset())) + "] = " + source + "[" + i + "] * "
        + scale);
    body.end(i);
  }

  static String method(String name, Rounding rounding, Overflow overflow) {
    String round = switch (rounding) {
      case TRN -> "Math.floor(x)";
      case TRN_ZERO -> "x < 0 ? Math.ceil(x) : Math.floor(x)";
      case RND -> "Math.floor(x + 0.5)";
      case RND_ZERO -> "x < 0 ? Math.floor(x + 0.5) : Math.ceil(x - 0.5)";
      case RND_INF -> "x < 0 ? Math.ceil(x - 0.5) : Math.floor(x + 0.5)";
      case RND_MIN_INF -> "Math.ceil(x - 0.5)";
      case RND_CONV -> "Math.rint(x)";
      case RND_CONV_ODD -> "x == Math.floor(x) ? x : Math.floor(x) + 0.5 == x"
          + " ? Math.floor(x) + (Math.rint(x) == Math.floor(x) ? 1 : 0) : Math.rint(x)";
    };
    String fit = switch (overflow) {
      case SAT, SAT_SYM -> "return v <= least ? least : v >= most ? most : (long) v;";
      case SAT_ZERO -> "return v < least || v > most ? 0 : (long) v;";
      // The remainder is exact, and lies in the range of a long.
      case WRAP -> "return ((long) (v % 0x1p64 - (v % 0x1p64 >= 0x1p63 ? 0x1p64 : v % 0x1p64 < -0x1p63 ? -0x1p64 : 0))"
          + "\n    - least & most - least) + least;";
    };
    return """
        /** The number x, in units of the last bit, rounded and fitted to a range; 0 for NaN. */
        private static long %s(double x, long least, long most) {
          final double v = %s;
          %s
        }
        """.formatted(name, round, fit);
  }
}
