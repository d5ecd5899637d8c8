package org.burin.workloads.econ.concentrator;

import java.util.Arrays;
import org.burin.workloads.econ.FloatCodec;
import org.burin.workloads.econ.Hgcal;

/// The block in front of the encoder, bit by bit: it normalises 48 charges of 22 bits to numbers of 8 bits, and codes their
/// sum in 9.
///
/// With `shift = msb(sum) - 7`, a charge becomes the whole number `charge >> shift` (to the left if negative), which counts
/// in units of 1/128: the charge divided by the largest power of two not above the sum, without the bits below 2^-7.
public final class Converter {
  /// The number of bits of a charge.
  public static final int CHARGE_BITS = 22;

  /// The number of bits of a normalised charge, one of them left of the binary point.
  public static final int BITS = 8;

  private Converter() {}

  /// What the block gives for a module.
  ///
  /// @param normalised 48 whole numbers from 0 to 255, in units of 1/128, in the order of [Hgcal]
  /// @param sum the 9-bit code of the sum of the charges
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Output(int[] normalised, int sum) {}

  /// Converts a module.
  ///
  /// @param charges 48 whole numbers, 0 to 2^22 - 1
  /// @throws IllegalArgumentException when there are not 48, or one is out of range
  public static Output convert(int[] charges) {
    if (charges.length != Hgcal.CELLS || Arrays.stream(charges).anyMatch(q -> q < 0 || q >= 1 << CHARGE_BITS)) {
      throw new IllegalArgumentException("the charges are " + Arrays.toString(charges)
          + "; expected 48 numbers from 0 to " + ((1 << CHARGE_BITS) - 1));
    }
    int sum = Arrays.stream(charges).sum();
    int shift = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(sum, 1)) - (BITS - 1);
    int[] normalised = Arrays.stream(charges).map(q -> shift > 0 ? q >> shift : q << -shift).toArray();
    return new Output(normalised, FloatCodec.SUM.encode(sum));
  }
}
