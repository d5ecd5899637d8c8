package org.burin.codegen.verify;

import org.burin.codegen.spi.Program;
import org.burin.fixed.FixedValue;
import org.burin.ir.Value;

/// What is known of the outputs of programs.
final class Outputs {
  private Outputs() {}

  /// A difference in an output.
  static Divergence describe(Program program, String output, long sample, int element, long expected, long actual) {
    return switch (program) {
      case Program.Fixed p -> {
        FixedValue v = p.graph().output(output);
        yield new Divergence(sample, "output " + output, name(v.op()), v.layer(), v.precision().type().toString(),
            element, expected, actual);
      }
      case Program.Floating p -> {
        Value v = p.graph().output(output);
        yield new Divergence(sample, "output " + output, name(v.op()), v.layer(), "f32", element, expected, actual);
      }
    };
  }

  /// What an operation is called in messages.
  static String name(Object op) {
    return op.getClass().getSimpleName();
  }
}
