package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;

/// The functions that a generated class of floats needs, as source text: those of [org.burin.tensor.FloatMath],
/// operation by operation, so that their bits are the same.
final class FloatFunctions {
  private static final String EXP = """
      private static float exp(float x) {
        float c = x > 89f ? 89f : x;
        c = c < -104f ? -104f : c;
        final float t = Math.fma(c, 1.442695f, 0x1.8p23f);
        final float n = t - 0x1.8p23f;
        float r = Math.fma(n, -0.6931472f, c);
        r = Math.fma(n, 1.9046542e-9f, r);
        float p = Math.fma(r, 1.984127e-4f, 0.0013888889f);
        p = Math.fma(p, r, 0.008333334f);
        p = Math.fma(p, r, 0.041666668f);
        p = Math.fma(p, r, 0.16666667f);
        p = Math.fma(p, r, 0.5f);
        p = Math.fma(p * r, r, r) + 1f;
        final int k = Float.floatToRawIntBits(t) - Float.floatToRawIntBits(0x1.8p23f);
        final int half = k >> 1;
        return p * Float.intBitsToFloat((half + 127) << 23) * Float.intBitsToFloat((k - half + 127) << 23);
      }
      """;
  private static final String LOG = """
      private static float log(float x) {
        final boolean small = x < Float.MIN_NORMAL;
        final float s = small ? x * 0x1p25f : x;
        final int bits = Float.floatToRawIntBits(s);
        final int e = (bits - 0x3f3504f3) >> 23;
        final float f = Float.intBitsToFloat(bits - (e << 23)) - 1f;
        final float n = e - (small ? 25f : 0f);
        final float q = f / (2f + f);
        final float z = q * q;
        float p = Math.fma(z, 0.22222222f, 0.2857143f);
        p = Math.fma(p, z, 0.4f);
        p = Math.fma(p, z, 0.6666667f);
        final float h = 0.5f * f * f;
        final float tail = Math.fma(q, Math.fma(p, z, h), n * 1.4286068e-6f);
        float y = Math.fma(n, 0.69314575f, f - (h - tail));
        y = x == Float.POSITIVE_INFINITY ? x : y;
        y = x == 0f ? Float.NEGATIVE_INFINITY : y;
        return x >= 0f ? y : Float.NaN;
      }
      """;
  private static final String SIGMOID = """
      private static float sigmoid(float x) {
        final float e = exp(-Math.abs(x));
        return (x < 0f ? e : 1f) / (1f + e);
      }
      """;
  private static final String TANH = """
      private static float tanh(float x) {
        final float a = Math.abs(x);
        final float large = 1f - 2f / (exp(a + a) + 1f);
        final float z = x * x;
        float p = Math.fma(z, 0.002231061f, -0.008267088f);
        p = Math.fma(p, z, 0.021734439f);
        p = Math.fma(p, z, -0.053952474f);
        p = Math.fma(p, z, 0.13333248f);
        p = Math.fma(p, z, -0.3333333f);
        final float small = Math.fma(p * z, x, x);
        return a < 0.6f ? small : x < 0f ? -large : large;
      }
      """;
  private static final String ERF = """
      private static float erf(float x) {
        final float a = Math.abs(x);
        final float z = x * x;
        float p = Math.fma(z, 8.5388354e-5f, -8.181926e-4f);
        p = Math.fma(p, z, 0.005204436f);
        p = Math.fma(p, z, -0.026860753f);
        p = Math.fma(p, z, 0.112837195f);
        p = Math.fma(p, z, -0.37612635f);
        p = Math.fma(p, z, 0.12837917f);
        final float small = Math.fma(p, x, x);
        final float c = a > 3.92f ? 3.92f : a;
        float q = Math.fma(c, 2.06292e-5f, -4.2908467e-4f);
        q = Math.fma(q, c, 0.004145062f);
        q = Math.fma(q, c, -0.02505116f);
        q = Math.fma(q, c, 0.108174905f);
        q = Math.fma(q, c, 0.63344204f);
        q = Math.fma(q, c, 1.1294681f);
        q = Math.fma(q, c, -1.6500764e-4f);
        final float large = a >= 3.92f ? 1f : 1f - exp(-q);
        final float y = a < 0.9f ? small : x < 0f ? -large : large;
        return Float.isNaN(x) ? x : y;
      }
      """;
  private static final String INDEX = """
      private static int index(float position, int extent) {
        final int at = (int) position;
        if (at != position || at < 0 || at >= extent) {
          throw new IndexOutOfBoundsException("index " + position + " is not a whole number from 0 to " + (extent - 1));
        }
        return at;
      }
      """;

  private final Map<String, String> methods = new LinkedHashMap<>();
  private final Helpers helpers = new Helpers();

  /// The sources of all that are called.
  List<String> sources() {
    List<String> all = new ArrayList<>(methods.values());
    all.addAll(helpers.sources());
    return all;
  }

  /// The name of a function of FloatMath.
  String function(String name) {
    String source = switch (name) {
      case "exp" -> EXP;
      case "log" -> LOG;
      case "sigmoid" -> SIGMOID;
      case "tanh" -> TANH;
      case "erf" -> ERF;
      default -> throw new IllegalArgumentException("there is no function " + name);
    };
    if (!name.equals("log")) {
      methods.putIfAbsent("exp", EXP);
    }
    methods.putIfAbsent(name, source);
    return name;
  }

  /// The name of a method `(float position, int extent)` that gives a whole number, or throws.
  String index() {
    methods.putIfAbsent("index", INDEX);
    return "index";
  }

  /// The name of a method `(float x)`: `x > 0 ? x : 0` without a branch, which no processor could predict.
  String relu() {
    methods.putIfAbsent("relu", """
        /** x if it is positive, 0 otherwise and for NaN: the bits of numbers that are not above those of infinity. */
        private static float relu(float x) {
          final int bits = Float.floatToRawIntBits(x);
          return Float.intBitsToFloat(bits & ~((bits | 0x7f800000 - bits) >> 31));
        }
        """);
    return "relu";
  }

  Helpers helpers() {
    return helpers;
  }

  /// The name of a method `(float x, float integer, float fraction)`: `x` on the grid of a type with these bits.
  String quantizeBits(boolean signed, Rounding rounding, Overflow overflow) {
    String raw = helpers.fromFloat(rounding, overflow);
    String name = raw.replaceFirst("raw", signed ? "signed" : "unsigned");
    String least = !signed ? "0" : overflow == Overflow.SAT_SYM ? "1 - (1L << width - 1)" : "-(1L << width - 1)";
    methods.putIfAbsent(name, """
        private static float %s(float x, float integer, float fraction) {
          final int bits = (int) fraction;
          final int width = (int) integer + bits;
          if (width <= 0) {
            return 0f;
          }
          final long least = %s;
          final long most = (1L << width%s) - 1;
          return (float) Math.scalb((double) %s(Math.scalb((double) x, bits), least, most), -bits);
        }
        """.formatted(name, least, signed ? " - 1" : "", raw));
    return name;
  }
}
