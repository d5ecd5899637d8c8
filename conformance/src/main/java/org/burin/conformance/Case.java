package org.burin.conformance;

import java.util.Arrays;
import java.util.Locale;
import org.burin.codegen.spi.Program;
import org.burin.conformance.fuzz.NetFuzzer;

/// A random program by name: an operation or a whole network, and a seed.
///
/// @param kind the name of an [OpCase] in lower case, or [#NET]
/// @param seed which of them
public record Case(String kind, long seed) {
  /// The kind of random networks.
  public static final String NET = "net";

  /// A program around an operation.
  public static Case of(OpCase op, long seed) {
    return new Case(op.name().toLowerCase(Locale.ROOT), seed);
  }

  /// A network.
  public static Case net(long seed) {
    return new Case(NET, seed);
  }

  /// The program, the same every time.
  ///
  /// @throws IllegalArgumentException when there is no such kind; the text lists those that there are
  public Program.Fixed program() {
    if (kind.equals(NET)) {
      return Program.Fixed.of(NetFuzzer.net(seed).build());
    }
    return Arrays.stream(OpCase.values())
        .filter(op -> op.name().toLowerCase(Locale.ROOT).equals(kind))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no case is called '" + kind + "'; there is " + NET + ", "
            + Arrays.toString(OpCase.values()).toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "")))
        .program(seed);
  }

  /// The name of a test or a folder, such as `mat_mul-17`.
  @Override
  public String toString() {
    return kind + "-" + seed;
  }
}
