package org.burin.codegen.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.fixed.FixedInterpreter;
import org.burin.fixed.FixedInterpreter.Check;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedValue;

/// The definition of fixed-point programs.
final class InterpreterExecution implements Execution {
  private final Program.Fixed program;

  InterpreterExecution(Program.Fixed program) {
    this.program = program;
  }

  @Override
  public Map<String, long[]> run(int samples, Map<String, long[]> inputs) {
    Map<String, FixedTensor> given = new LinkedHashMap<>();
    for (FixedValue v : program.graph().inputs()) {
      String name = ((FixedOp.Input) v.op()).name();
      long[] raw = inputs.get(name);
      if (raw != null) {
        given.put(name, FixedTensor.of(v.shape().bind(samples), v.precision().fraction(), raw));
      }
    }
    Map<String, long[]> outputs = new LinkedHashMap<>();
    FixedInterpreter.run(program.graph(), given, Check.OFF).outputs()
        .forEach((name, t) -> outputs.put(name, t.raw().clone()));
    return outputs;
  }
}
