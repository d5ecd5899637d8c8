package org.burin.conformance;

import java.util.Arrays;
import java.util.Locale;
import org.burin.codegen.spi.Program;

/// A random program by name: an operation and a seed.
///
/// @param kind the name of an [OpCase] in lower case
/// @param seed which of them
public record Case(String kind, long seed) {
  /// A program around an operation.
  public static Case of(OpCase op, long seed) {
    return new Case(op.name().toLowerCase(Locale.ROOT), seed);
  }

  /// The program, the same every time.
  ///
  /// @throws IllegalArgumentException when there is no such kind; the text lists those that there are
  public Program.Fixed program() {
    return Arrays.stream(OpCase.values())
        .filter(op -> op.name().toLowerCase(Locale.ROOT).equals(kind))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no case is called '" + kind + "'; there is "
            + Arrays.toString(OpCase.values()).toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "")))
        .program(seed);
  }

  /// The name of a test or a folder, such as `mat_mul-17`.
  @Override
  public String toString() {
    return kind + "-" + seed;
  }
}
