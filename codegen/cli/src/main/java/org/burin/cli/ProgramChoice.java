package org.burin.cli;

import org.burin.codegen.spi.Program;
import org.burin.nn.Model;
import picocli.CommandLine.Option;

/// The option that says in what numbers a model is translated.
final class ProgramChoice {
  @Option(
      names = "--arithmetic",
      paramLabel = "KIND",
      description = "In what numbers: ${COMPLETION-CANDIDATES}. Default: auto, which is fixed (exact fixed point) "
          + "where the model is quantized, otherwise float.")
  private Arithmetic arithmetic = Arithmetic.AUTO;

  /// The program of a model.
  ///
  /// @throws org.burin.pass.LoweringException when it cannot be computed in fixed point, and that was asked for or the
  ///     model is quantized: every reason
  Program program(Model model) {
    return switch (arithmetic) {
      case AUTO -> Program.of(model);
      case FIXED -> Program.Fixed.of(model);
      case FLOAT -> Program.Floating.of(model);
    };
  }

  /// What the numbers of a program are called.
  static String name(Program program) {
    return switch (program) {
      case Program.Fixed _ -> "fixed";
      case Program.Floating _ -> "float";
    };
  }
}
