package org.burin.fixed;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads types as Burin, ap_types and ac_types write them.
final class FixedTypeParser {
  private static final List<String> NAMES = List.of("fixed", "ufixed", "int", "uint", "ap_fixed", "ap_ufixed", "ap_int",
      "ap_uint", "ac_fixed", "ac_int");
  private static final Pattern TEXT = Pattern.compile("([A-Za-z_]+)\\s*<([^<>]*)>");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

  private final List<String> arguments;
  private int next;

  private FixedTypeParser(List<String> arguments) {
    this.arguments = arguments;
  }

  static FixedType parse(String text) {
    Matcher m = TEXT.matcher(text.strip());
    if (!m.matches() || !NAMES.contains(m.group(1))) {
      throw new IllegalArgumentException("expected a type such as fixed<16,6,rnd_conv,sat>, found '" + text
          + "'; the kinds of types are " + NAMES);
    }
    FixedTypeParser parser =
        new FixedTypeParser(Arrays.stream(m.group(2).split(",", -1)).map(String::strip).toList());
    try {
      FixedType type = switch (m.group(1)) {
        case "fixed" -> parser.fixed("", true);
        case "ufixed" -> parser.fixed("", false);
        case "ap_fixed" -> parser.fixed("ap_", true);
        case "ap_ufixed" -> parser.fixed("ap_", false);
        case "ac_fixed" -> parser.acFixed();
        case "int", "ap_int" -> parser.integer(true);
        case "uint", "ap_uint" -> parser.integer(false);
        case "ac_int" -> parser.acInt();
        default -> throw new AssertionError(m.group(1));
      };
      parser.end();
      return type;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("type '" + text + "': " + e.getMessage(), e);
    }
  }

  /// `W,I[,rounding[,overflow[,0]]]`
  private FixedType fixed(String dialect, boolean signed) {
    int width = number("width");
    int integer = number("number of integer bits");
    Rounding rounding = rounding(dialect);
    Overflow overflow = overflow(dialect);
    if (more()) {
      int saturationBits = number("number of saturation bits");
      if (saturationBits != 0) {
        throw new IllegalArgumentException(saturationBits + " saturation bits; only 0 is supported");
      }
    }
    return new FixedType(signed, width, integer, rounding, overflow);
  }

  /// `W,I[,signed[,rounding[,overflow]]]`
  private FixedType acFixed() {
    int width = number("width");
    int integer = number("number of integer bits");
    boolean signed = signed();
    return new FixedType(signed, width, integer, rounding("ac_"), overflow("ac_"));
  }

  private FixedType integer(boolean signed) {
    int width = number("width");
    return new FixedType(signed, width, width, Rounding.TRN, Overflow.WRAP);
  }

  /// `W[,signed]`
  private FixedType acInt() {
    int width = number("width");
    return new FixedType(signed(), width, width, Rounding.TRN, Overflow.WRAP);
  }

  private boolean more() {
    return next < arguments.size();
  }

  private void end() {
    if (more()) {
      throw new IllegalArgumentException(
          "nothing is expected after argument " + next + ", found '" + arguments.get(next) + "'");
    }
  }

  private int number(String what) {
    if (!more()) {
      throw new IllegalArgumentException("the " + what + " is missing");
    }
    String text = arguments.get(next++);
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("expected the " + what + ", found '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  private boolean signed() {
    if (!more()) {
      return true;
    }
    String text = arguments.get(next++);
    return switch (text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new IllegalArgumentException("expected true or false for signed, found '" + text + "'");
    };
  }

  private Rounding rounding(String dialect) {
    // The converging mode that ends on odd numbers exists in ac_fixed only.
    return mode("rounding", dialect, Rounding.values(), m -> m != Rounding.RND_CONV_ODD || !dialect.equals("ap_"));
  }

  private Overflow overflow(String dialect) {
    return mode("overflow", dialect, Overflow.values(), m -> true);
  }

  /// The mode named next, or the first one where the list ends.
  private <M extends Enum<M>> M mode(String what, String dialect, M[] modes, Predicate<M> known) {
    if (!more()) {
      return modes[0];
    }
    String text = arguments.get(next++);
    String name = text.toLowerCase(Locale.ROOT);
    for (String prefix : dialect.isEmpty() ? List.of("ap_", "ac_") : List.of(dialect)) {
      name = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }
    for (M mode : modes) {
      if (known.test(mode) && mode.name().toLowerCase(Locale.ROOT).equals(name)) {
        return mode;
      }
    }
    throw new IllegalArgumentException("unknown " + what + " mode '" + text + "'; known are "
        + Arrays.stream(modes).filter(known).map(m -> m.name().toLowerCase(Locale.ROOT)).toList());
  }
}
