package org.burin.backend.jvm;

import java.util.Optional;
import org.burin.fixed.ElementTypes;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;

/// Writes the conversions between the caller's floats and raw integers.
final class InputCode {
  /// Floats up to here are rounded to whole numbers by adding and subtracting a constant.
  private static final long MOST = 1 << 22;

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

  /// Statements that bring `count` floats to a type.
  void read(Storage.Port port, FixedType type, String count, String target, Body body) {
    String i = body.fresh("i");
    body.open("for (int " + i + " = 0; " + i + " < " + count + "; " + i + "++)");
    boolean saturates = type.overflow() == Overflow.SAT || type.overflow() == Overflow.SAT_SYM;
    boolean nearest = type.rounding() == Rounding.RND_CONV || type.rounding() == Rounding.RND;
    boolean small = Rounded.most(type) <= MOST && Rounded.least(type) >= -MOST;
    if (saturates && nearest && small && type.fraction() >= 0 && type.fraction() <= 100) {
      nearest(port, type, i, target, body);
    } else {
      convert(port, type, type.fraction(), false, Affine.variable(i), target, body);
    }
    body.close();
  }

  /// Rounding in `float`, of which the compiler makes vectors. The scaled number is exact, or infinite; adding
  /// 3 * 2^22 rounds it half to even.
  private static void nearest(Storage.Port port, FixedType type, String i, String target, Body body) {
    String x = port.name() + "[" + Affine.variable(i).plus(Affine.variable(port.offset())) + "]";
    String within = body.fresh("c");
    String even = body.fresh("r");
    body.statement("final float " + within + " = Math.min(Math.max(" + x + " * " + power(type.fraction()) + "f, "
        + Rounded.least(type) + "f), " + Rounded.most(type) + "f)");
    body.statement("final float " + even + " = (" + within + " + 0x1.8p23f) - 0x1.8p23f");
    boolean up = type.rounding() == Rounding.RND;
    String half = "(" + even + " + (int) Math.max(2f * (" + within + " - " + even + "), 0f))";
    body.statement(target + "[" + i + "] = (int) " + (up ? half : even));
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
    String scaled = x + " * " + power(type.fraction());
    int up = fraction - type.fraction();
    if (!wide && type.overflow() != Overflow.WRAP && type.overflow() != Overflow.SAT_ZERO) {
      // The bounds are whole numbers: rounding what is within gives the same as fitting what is rounded.
      String within = "Math.min(Math.max(" + scaled + ", " + Rounded.least(type) + "), " + Rounded.most(type) + ")";
      Optional<String> rounded = inline(type.rounding(), within);
      if (rounded.isPresent()) {
        body.statement(target + "[" + i + "] = (int) " + rounded.get() + (up == 0 ? "" : " << " + up));
        return;
      }
    }
    String method = storage.helpers().fromFloat(type.rounding(), type.overflow());
    String call = method + "(" + scaled + ", " + least(type) + ", " + most(type) + ")";
    String raw = up == 0 ? call : call + " << " + up;
    body.statement(target + "[" + i + "] = " + (wide ? raw : "(int) " + (up == 0 ? raw : "(" + raw + ")")));
  }

  /// A rounded number, for modes that take one expression: the compiler makes vectors of such loops.
  private static Optional<String> inline(Rounding rounding, String x) {
    return switch (rounding) {
      case TRN -> Optional.of("Math.floor(" + x + ")");
      case RND -> Optional.of("Math.floor(" + x + " + 0.5)");
      case RND_CONV -> Optional.of("Math.rint(" + x + ")");
      case RND_MIN_INF -> Optional.of("Math.ceil(" + x + " - 0.5)");
      case TRN_ZERO, RND_ZERO, RND_INF, RND_CONV_ODD -> Optional.empty();
    };
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
