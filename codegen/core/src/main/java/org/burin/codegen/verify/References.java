package org.burin.codegen.verify;

import java.util.Optional;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.codegen.verify.Verification.Stage;
import org.burin.nn.Model;

/// What programs are compared with.
public final class References {
  private References() {}

  /// The definition of a program: `FixedInterpreter` for fixed point, [org.burin.exec.Plan] for floats.
  public static Execution of(Program program) {
    return switch (program) {
      case Program.Fixed p -> new InterpreterExecution(p);
      case Program.Floating p -> new PlanExecution(p);
    };
  }

  /// What the trained model itself predicts, as a stage; empty for a float program, whose definition that is.
  public static Optional<Stage> trainer(Model model, Program program) {
    return switch (program) {
      case Program.Fixed p -> Optional.of(new Stage("trainer", new TrainerExecution(model, p)));
      case Program.Floating _ -> Optional.empty();
    };
  }
}
