package org.burin.backend.jvm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;

/// Small static methods of the generated class, written once each where something calls them.
final class Helpers {
  private final Map<String, String> methods = new LinkedHashMap<>();

  /// The source of all that are called.
  List<String> sources() {
    return List.copyOf(methods.values());
  }

  /// The name of a method `(long n, long d)`: the quotient, rounded to a whole number.
  String quotient(Rounding rounding) {
    String name = "quotient" + camel(rounding.name());
    String up = switch (rounding) {
      case TRN -> "false";
      case TRN_ZERO -> "rest != 0 && n < 0";
      case RND -> "rest >= d - rest";
      case RND_ZERO -> "rest > d - rest || rest == d - rest && n < 0";
      case RND_INF -> "rest > d - rest || rest == d - rest && n >= 0";
      case RND_MIN_INF -> "rest > d - rest";
      case RND_CONV -> "rest > d - rest || rest == d - rest && (q & 1) != 0";
      case RND_CONV_ODD -> "rest > d - rest || rest == d - rest && (q & 1) == 0";
    };
    methods.computeIfAbsent(name, m -> """
        private static long %s(long n, long d) {
          final long q = Math.floorDiv(n, d);
          final long rest = n - q * d;
          return %s ? q + 1 : q;
        }
        """.formatted(m, up));
    return name;
  }

  /// The name of a method `(long x, int drop, long least, long most)`: `x * 2^-drop` rounded and fitted to a range.
  String bring(Rounding rounding, Overflow overflow) {
    String name = "bring" + camel(rounding.name()) + camel(overflow.name());
    String half = "(1L << n - 1)";
    String round = switch (rounding) {
      case TRN -> "v >> n";
      case TRN_ZERO -> "v + (v >> 63 & (1L << n) - 1) >> n";
      case RND -> "v + " + half + " >> n";
      case RND_ZERO -> "v + " + half + " - 1 + (v >>> 63) >> n";
      case RND_INF -> "v + " + half + " + (v >> 63) >> n";
      case RND_MIN_INF -> "v + " + half + " - 1 >> n";
      case RND_CONV -> "v + " + half + " - 1 + (v >> n & 1) >> n";
      case RND_CONV_ODD -> "v + " + half + " - (v >> n & 1) >> n";
    };
    String beyond = switch (overflow) {
      case SAT, SAT_SYM -> "v < 0 ? least : most";
      case SAT_ZERO -> "0";
      case WRAP -> "v << -drop - least & most - least + least";
    };
    String fit = switch (overflow) {
      case SAT, SAT_SYM -> "Math.min(Math.max(v, least), most)";
      case SAT_ZERO -> "v < least || v > most ? 0 : v";
      case WRAP -> "(v - least & most - least) + least";
    };
    methods.computeIfAbsent(name, m -> """
        private static long %s(long x, int drop, long least, long most) {
          long v = x;
          if (drop > 0) {
            final int n = Math.min(drop, 60);
            if (drop > n) {
              final int lost = Math.min(drop - n, 63);
              v = v >> lost | (v << 64 - lost != 0 ? 1 : 0);
            }
            v = %s;
          } else if (drop < 0) {
            if (drop < -63 || v << -drop >> -drop != v) {
              return v == 0 ? 0 : %s;
            }
            v <<= -drop;
          }
          return %s;
        }
        """.formatted(m, round, overflow == Overflow.WRAP
            ? "(((drop < -63 ? 0 : v << -drop) - least) & most - least) + least" : beyond, fit));
    return name;
  }

  /// The name of a method `(double x, long least, long most)`: `x` rounded and fitted to a range.
  String fromFloat(Rounding rounding, Overflow overflow) {
    String name = "raw" + camel(rounding.name()) + camel(overflow.name());
    methods.computeIfAbsent(name, m -> InputCode.method(m, rounding, overflow));
    return name;
  }

  private static String camel(String constant) {
    StringBuilder s = new StringBuilder();
    for (String word : constant.toLowerCase(Locale.ROOT).split("_", -1)) {
      s.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
    }
    return s.toString();
  }
}
