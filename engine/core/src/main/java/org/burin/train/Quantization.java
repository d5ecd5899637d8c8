package org.burin.train;

import java.util.Locale;
import java.util.OptionalDouble;

/// How the numbers of a workload's model are to be quantized: what `burin train --quantize` asks for.
public sealed interface Quantization {
  /// The fewest and the most bits of [Uniform].
  int LEAST_BITS = 2;

  /// See [#LEAST_BITS].
  int MOST_BITS = 16;

  /// The valid forms, for messages.
  String FORMS = "a number of bits from " + LEAST_BITS + " to " + MOST_BITS + ", or 'learned'";

  /// The same number of bits for weights, biases and activations.
  ///
  /// @param bits from [#LEAST_BITS] to [#MOST_BITS]
  record Uniform(int bits) implements Quantization {
    /// Checks the range.
    public Uniform {
      if (bits < LEAST_BITS || bits > MOST_BITS) {
        throw new IllegalArgumentException("the quantization is '" + bits + "'; expected " + FORMS);
      }
    }

    @Override
    public String toString() {
      return Integer.toString(bits);
    }
  }

  /// Bits that are trained, each weight and activation its own ([org.burin.quant.LearnedBits]).
  ///
  /// @param targetEbops the EBOPs ([org.burin.quant.Ebops]) to end with, positive; empty for the workload's own choice
  record Learned(OptionalDouble targetEbops) implements Quantization {
    /// Checks the target.
    public Learned {
      targetEbops.ifPresent(n -> Ranges.positive("quantization", "target of the EBOPs", n));
    }

    @Override
    public String toString() {
      return "learned";
    }
  }

  /// Reads the form that is printed.
  ///
  /// @param targetEbops for learned bits
  /// @throws IllegalArgumentException when it is no such form, with the valid ones, or there is a target for bits that
  ///     are not learned
  static Quantization parse(String text, OptionalDouble targetEbops) {
    if (text.toLowerCase(Locale.ROOT).equals("learned")) {
      return new Learned(targetEbops);
    }
    if (!text.matches("\\d{1,3}")) {
      throw new IllegalArgumentException("the quantization is '" + text + "'; expected " + FORMS);
    }
    if (targetEbops.isPresent()) {
      throw new IllegalArgumentException(
          "a target of EBOPs needs bits that can be learned, the quantization is '" + text + "'; expected 'learned'");
    }
    return new Uniform(Integer.parseInt(text));
  }
}
