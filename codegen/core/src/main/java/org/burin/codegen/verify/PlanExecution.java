package org.burin.codegen.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// The definition of float programs: a plan, compiled for the batch size at hand.
final class PlanExecution implements Execution {
  private final Program.Floating program;
  private @Nullable Plan plan;
  private int planned;

  PlanExecution(Program.Floating program) {
    this.program = program;
  }

  @Override
  public Map<String, long[]> run(int samples, Map<String, long[]> inputs) {
    Plan p = plan;
    if (p == null || planned != samples) {
      p = Plan.compile(program.graph().bind(samples), program.parameters(), PlanOptions.DEFAULT);
      plan = p;
      planned = samples;
    }
    for (Map.Entry<String, long[]> e : inputs.entrySet()) {
      float[] to = p.input(e.getKey()).data();
      for (int i = 0; i < to.length; i++) {
        to[i] = Float.intBitsToFloat((int) e.getValue()[i]);
      }
    }
    p.run();
    Map<String, long[]> outputs = new LinkedHashMap<>();
    for (String name : program.outputs().keySet()) {
      Tensor t = p.output(name);
      long[] bits = new long[t.size()];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = Float.floatToIntBits(t.data()[i]);
      }
      outputs.put(name, bits);
    }
    return outputs;
  }
}
