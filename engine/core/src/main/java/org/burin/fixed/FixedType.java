package org.burin.fixed;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A fixed-point type: numbers `raw * 2^-(width - integer)` for integers `raw` of `width` bits.
///
/// Printed `fixed<16,6,rnd_conv,sat>` or `ufixed<...>`; `integer` counts the sign bit, as in ap_fixed, and may be
/// negative or larger than the width.
///
/// The types of exact results ([#add] and so on) are those that ap_fixed gives to its operators, as its template
/// `RType` defines them (AMD UG1399, "Arbitrary precision fixed-point data types"); like there, they round down and
/// wrap, which never happens to an exact result. They depend on the operands' types alone; what is known of the
/// operands' values can only make them smaller.
///
/// @param signed whether raw is two's complement
/// @param width number of bits, 1 to 64
/// @param integer bits left of the binary point, the sign bit included; -4096 to 4096
/// @param rounding what happens to bits below the last
/// @param overflow what happens beyond the range
public record FixedType(boolean signed, int width, int integer, Rounding rounding, Overflow overflow) {
  private static final int FARTHEST_POINT = 4096;

  /// Checks the width and the place of the binary point.
  ///
  /// @throws IllegalArgumentException when one is out of its range
  public FixedType {
    if (width < 1 || width > 64) {
      throw new IllegalArgumentException("a fixed-point type has 1 to 64 bits, found " + width);
    }
    if (Math.abs((long) integer) > FARTHEST_POINT) {
      throw new IllegalArgumentException(
          "a fixed-point type has -" + FARTHEST_POINT + " to " + FARTHEST_POINT + " integer bits, found " + integer);
    }
  }

  /// A signed type that rounds down and wraps.
  public static FixedType fixed(int width, int integer) {
    return new FixedType(true, width, integer, Rounding.TRN, Overflow.WRAP);
  }

  /// An unsigned type that rounds down and wraps.
  public static FixedType ufixed(int width, int integer) {
    return new FixedType(false, width, integer, Rounding.TRN, Overflow.WRAP);
  }

  /// Reads the printed form, or one of those that HLS tools have: `ap_fixed<16,6,AP_RND,AP_SAT>`, `ap_ufixed`,
  /// `ac_fixed<16,6,true,AC_RND,AC_SAT>`, `ap_int<8>`, `ap_uint<8>`, `ac_int<8,false>`, `int<8>`, `uint<8>`. Modes may
  /// be left out (trn, wrap) and be written in any case, with or without the prefix.
  ///
  /// @throws IllegalArgumentException when the text has another form; the message quotes it and says what was expected
  public static FixedType parse(String text) {
    return FixedTypeParser.parse(text);
  }

  /// The same range and step with other modes.
  public FixedType with(Rounding newRounding, Overflow newOverflow) {
    return new FixedType(signed, width, integer, newRounding, newOverflow);
  }

  // ---- range ----------------------------------------------------------------------------------------------------

  /// Bits right of the binary point: `width - integer`; may be negative.
  public int fraction() {
    return width - integer;
  }

  /// The smallest raw integer that a result can be: `-2^(width-1)`, or one more when the type saturates symmetrically;
  /// 0 for an unsigned type.
  public long minRaw() {
    return !signed ? 0 : overflow == Overflow.SAT_SYM ? -maxRaw() : -maxRaw() - 1;
  }

  /// The largest raw integer: `2^(width-1)-1`, or `2^width-1` for an unsigned type; for an unsigned type of 64 bits the
  /// bit pattern of an unsigned long, -1.
  public long maxRaw() {
    return signed ? ~(-1L << (width - 1)) : -1L >>> (64 - width);
  }

  /// The smallest number, `minRaw * 2^-fraction`, exactly.
  public BigDecimal min() {
    return scaled(BigInteger.valueOf(minRaw()));
  }

  /// The largest number, `maxRaw * 2^-fraction`, exactly.
  public BigDecimal max() {
    return scaled(new BigInteger(Long.toUnsignedString(maxRaw())));
  }

  private BigDecimal scaled(BigInteger raw) {
    return fraction() <= 0
        ? new BigDecimal(raw.shiftLeft(-fraction()))
        : new BigDecimal(raw).multiply(new BigDecimal("0.5").pow(fraction())).stripTrailingZeros();
  }

  /// Whether every number of the other type is one of this type's: nothing happens to it when it is brought here.
  public boolean holds(FixedType other) {
    if (other.minRaw() == 0 && other.maxRaw() == 0) {
      return true;
    }
    return other.fraction() <= fraction() && other.min().compareTo(min()) >= 0 && other.max().compareTo(max()) <= 0;
  }

  /// Whether `x` is one of this type's numbers.
  public boolean holds(double x) {
    // What lies beyond the range comes out different: lower by a multiple of the range.
    FixedType exact = with(Rounding.TRN, Overflow.WRAP);
    return Double.isFinite(x) && FixedMath.toDouble(FixedMath.fromDouble(x, exact), exact) == x
        && !(signed && overflow == Overflow.SAT_SYM && FixedMath.fromDouble(x, exact) < minRaw());
  }

  // ---- types of exact results -----------------------------------------------------------------------------------

  /// The type of `this + other`: the longer fraction, and one integer bit more than the longer of the two integer
  /// parts, where an unsigned operand beside a signed one counts a sign bit.
  ///
  /// @throws IllegalArgumentException when that takes more than 64 bits
  public FixedType add(FixedType other) {
    return exact("+", other, signed || other.signed, commonInteger(other) + 1, commonFraction(other));
  }

  /// The type of `this - other`: as [#add], and always signed.
  ///
  /// @throws IllegalArgumentException when that takes more than 64 bits
  public FixedType subtract(FixedType other) {
    return exact("-", other, true, commonInteger(other) + 1, commonFraction(other));
  }

  /// The type of `this * other`: widths and integer bits add up; signed if one of them is.
  ///
  /// @throws IllegalArgumentException when that takes more than 64 bits
  public FixedType multiply(FixedType other) {
    return exact("*", other, signed || other.signed, integer + other.integer, fraction() + other.fraction());
  }

  /// The type of `-this`: signed, with one integer bit more.
  ///
  /// @throws IllegalArgumentException when that takes more than 64 bits
  public FixedType negate() {
    return exact("-", null, true, integer + 1, fraction());
  }

  /// The type of `this * 2^bits`: the same raw integers, with the binary point moved. (The `<<` of ap_fixed keeps the
  /// type and loses bits.)
  public FixedType shift(int bits) {
    return new FixedType(signed, width, Math.addExact(integer, bits), Rounding.TRN, Overflow.WRAP);
  }

  /// The type of a comparison: 0 or 1.
  public static FixedType comparison() {
    return ufixed(1, 1);
  }

  /// The smallest type that holds the numbers of both: that of a maximum, a minimum, a choice.
  ///
  /// @throws IllegalArgumentException when that takes more than 64 bits
  public FixedType union(FixedType other) {
    return exact("|", other, signed || other.signed, commonInteger(other), commonFraction(other));
  }

  private int commonInteger(FixedType other) {
    return Math.max(integer + (other.signed && !signed ? 1 : 0), other.integer + (signed && !other.signed ? 1 : 0));
  }

  private int commonFraction(FixedType other) {
    return Math.max(fraction(), other.fraction());
  }

  private FixedType exact(
      String operator, @Nullable FixedType other, boolean sign, int integerBits, int fractionBits) {
    if (integerBits + fractionBits > 64) {
      throw new IllegalArgumentException("the exact type of " + (other == null ? operator + this
          : this + " " + operator + " " + other) + " has " + (integerBits + fractionBits)
          + " bits, at most 64 are possible; quantize an operand to fewer bits first");
    }
    return new FixedType(sign, integerBits + fractionBits, integerBits, Rounding.TRN, Overflow.WRAP);
  }

  @Override
  public String toString() {
    return (signed ? "" : "u") + "fixed<" + width + "," + integer + "," + rounding.name().toLowerCase(Locale.ROOT)
        + "," + overflow.name().toLowerCase(Locale.ROOT) + ">";
  }
}
