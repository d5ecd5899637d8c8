package org.burin.workloads.econ.concentrator;

import java.math.BigInteger;
import java.util.Arrays;
import org.burin.workloads.econ.Autoencoder;
import org.burin.workloads.econ.EncoderTypes;
import org.burin.workloads.econ.FloatCodec;

/// What leaves the encoder of the chip: 153 bits, the latents OUT_15 to OUT_0 of 9 bits each above the 9 bits of the sum.
public final class OutputWord {
  /// The number of bits.
  public static final int BITS = 153;

  private static final int LATENT_BITS = 9;
  private static final int HEX_DIGITS = Math.ceilDiv(BITS, 4);

  private final int[] latents;
  private final int sum;

  /// A word.
  ///
  /// @param latents 16 whole numbers from 0 to 511, in units of 1/256
  /// @param sum the code of the sum, 0 to 511
  /// @throws IllegalArgumentException when there are not 16 latents, or a number is out of range
  public OutputWord(int[] latents, int sum) {
    boolean fits = Arrays.stream(latents).allMatch(OutputWord::fits) && fits(sum);
    if (latents.length != Autoencoder.LATENTS || !fits) {
      throw new IllegalArgumentException("the latents are " + Arrays.toString(latents) + ", the sum " + sum
          + "; expected 16 numbers and one, from 0 to 511");
    }
    this.latents = latents.clone();
    this.sum = sum;
  }

  private static boolean fits(int field) {
    return field >= 0 && field < 1 << LATENT_BITS;
  }

  /// Reads the 39 hexadecimal digits that [#hex] writes.
  ///
  /// @throws IllegalArgumentException when the text has another form
  public static OutputWord parse(String hex) {
    if (!hex.matches("[01][0-9a-f]{" + (HEX_DIGITS - 1) + "}")) {
      throw new IllegalArgumentException("the word is '" + hex + "'; expected " + HEX_DIGITS
          + " hexadecimal digits in lower case, the first 0 or 1");
    }
    BigInteger bits = new BigInteger(hex, 16);
    int[] latents = new int[Autoencoder.LATENTS];
    for (int i = 0; i < latents.length; i++) {
      latents[i] = field(bits, i + 1);
    }
    return new OutputWord(latents, field(bits, 0));
  }

  private static int field(BigInteger bits, int number) {
    return bits.shiftRight(number * LATENT_BITS).intValue() & ((1 << LATENT_BITS) - 1);
  }

  /// The latents, in units of 1/256; a new copy.
  public int[] latents() {
    return latents.clone();
  }

  /// The code of the sum.
  public int sum() {
    return sum;
  }

  /// The sum that its code stands for, in counts.
  public long total() {
    return FloatCodec.SUM.decode(sum);
  }

  /// The word as a number.
  public BigInteger bits() {
    BigInteger bits = BigInteger.ZERO;
    for (int i = latents.length - 1; i >= 0; i--) {
      bits = bits.shiftLeft(LATENT_BITS).or(BigInteger.valueOf(latents[i]));
    }
    return bits.shiftLeft(LATENT_BITS).or(BigInteger.valueOf(sum));
  }

  /// The word as 39 hexadecimal digits.
  public String hex() {
    String digits = bits().toString(16);
    return "0".repeat(HEX_DIGITS - digits.length()) + digits;
  }

  /// What a module with so many links sends: of each latent the upper bits, OUT_15 first, then the sum.
  ///
  /// @param links 1 or more
  /// @return as many bits as [#payloadBits] says
  public BigInteger payload(int links) {
    int kept = EncoderTypes.bitsOfLinks(links);
    BigInteger bits = BigInteger.ZERO;
    for (int i = latents.length - 1; i >= 0; i--) {
      bits = bits.shiftLeft(kept).or(BigInteger.valueOf(latents[i] >> (LATENT_BITS - kept)));
    }
    return bits.shiftLeft(FloatCodec.SUM.bits()).or(BigInteger.valueOf(sum));
  }

  /// The number of bits of a [#payload]: 57 with two links, 89 with three, 121 with four, 153 with five or more.
  public static int payloadBits(int links) {
    return Autoencoder.LATENTS * EncoderTypes.bitsOfLinks(links) + FloatCodec.SUM.bits();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OutputWord w && sum == w.sum && Arrays.equals(latents, w.latents);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(latents) + sum;
  }

  @Override
  public String toString() {
    return hex();
  }
}
