package org.burin.fixed;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A fixed-point type: numbers `raw * 2^-(width - integer)` for integers `raw` of `width` bits.
///
/// Printed `fixed<16,6,rnd_conv,sat>` or `ufixed<...>`; `integer` counts the sign bit, as in ap_fixed, and may be
/// negative or larger than the width.
///
/// @param signed whether raw is two's complement
/// @param width number of bits, 1 to 64
/// @param integer bits left of the binary point, the sign bit included
/// @param rounding what happens to bits below the last
/// @param overflow what happens beyond the range
public record FixedType(boolean signed, int width, int integer, Rounding rounding, Overflow overflow) {
  private static final Pattern TEXT =
      Pattern.compile("(u?)fixed<(\\d{1,9}),(-?\\d{1,9})(?:,([a-z_]+))?(?:,([a-z_]+))?>");

  /// Checks the width.
  ///
  /// @throws IllegalArgumentException when it is not 1 to 64
  public FixedType {
    if (width < 1 || width > 64) {
      throw new IllegalArgumentException("a fixed-point type has 1 to 64 bits, found " + width);
    }
  }

  /// Reads the printed form; rounding and overflow may be left out (trn, wrap).
  ///
  /// @throws IllegalArgumentException when the text has another form
  public static FixedType parse(String text) {
    Matcher m = TEXT.matcher(text.strip());
    if (!m.matches()) {
      throw new IllegalArgumentException("expected a type such as fixed<16,6,rnd_conv,sat>, found '" + text + "'");
    }
    try {
      return new FixedType(m.group(1).isEmpty(), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)),
          mode(Rounding.class, m.group(4), Rounding.TRN), mode(Overflow.class, m.group(5), Overflow.WRAP));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("type '" + text + "': " + e.getMessage(), e);
    }
  }

  private static <M extends Enum<M>> M mode(Class<M> modes, @Nullable String name, M otherwise) {
    if (name == null) {
      return otherwise;
    }
    for (M mode : modes.getEnumConstants()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(name)) {
        return mode;
      }
    }
    throw new IllegalArgumentException("unknown " + modes.getSimpleName().toLowerCase(Locale.ROOT) + " mode '" + name
        + "'; known are " + Arrays.toString(modes.getEnumConstants()).toLowerCase(Locale.ROOT));
  }

  /// Bits right of the binary point: `width - integer`; may be negative.
  public int fraction() {
    return width - integer;
  }

  @Override
  public String toString() {
    return (signed ? "" : "u") + "fixed<" + width + "," + integer + "," + rounding.name().toLowerCase(Locale.ROOT)
        + "," + overflow.name().toLowerCase(Locale.ROOT) + ">";
  }
}
