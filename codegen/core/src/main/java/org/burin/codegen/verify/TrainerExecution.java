package org.burin.codegen.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedValue;
import org.burin.nn.Model;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// What a trained model itself predicts, as raw integers of the fixed-point graph that it was lowered to.
///
/// A number that is no multiple of the last place becomes [Long#MIN_VALUE], which no output of fewer than 64 bits is.
/// An output of more than 24 bits is predicted rounded to a float; there the raw integer is right if it rounds to that
/// float.
final class TrainerExecution implements Execution {
  /// The bits of a float's significand, the hidden one included.
  private static final int FLOAT_BITS = 24;

  private final Model model;
  private final Program.Fixed program;
  private final boolean rounds;

  TrainerExecution(Model model, Program.Fixed program) {
    this.model = model;
    this.program = program;
    rounds = program.graph().outputs().values().stream().anyMatch(v -> v.precision().type().width() > FLOAT_BITS);
  }

  @Override
  public Map<String, long[]> run(int samples, Map<String, long[]> inputs) {
    Map<String, Tensor> given = new LinkedHashMap<>();
    for (FixedValue v : program.graph().inputs()) {
      String name = ((FixedOp.Input) v.op()).name();
      Tensor t = Tensor.zeros(v.shape().bind(samples));
      long[] raw = inputs.getOrDefault(name, new long[t.size()]);
      for (int i = 0; i < raw.length; i++) {
        t.data()[i] = Relaxation.number(raw[i], v.precision().fraction());
      }
      given.put(name, t);
    }
    Map<String, Tensor> predicted = model.predict(given);
    Map<String, long[]> exact = rounds ? new InterpreterExecution(program).run(samples, inputs) : Map.of();
    Map<String, long[]> outputs = new LinkedHashMap<>();
    program.graph().outputs().forEach((name, v) -> {
      float[] floats = predicted.getOrDefault(name, Tensor.zeros(Shape.of(0))).data();
      long[] right = exact.get(name);
      long[] raw = new long[floats.length];
      for (int i = 0; i < raw.length; i++) {
        int fraction = v.precision().fraction();
        raw[i] = right != null && floats[i] == Relaxation.number(right[i], fraction)
            ? right[i] : raw(floats[i], fraction);
      }
      outputs.put(name, raw);
    });
    return outputs;
  }

  private static long raw(float number, int fraction) {
    double scaled = Math.scalb((double) number, fraction);
    return scaled == Math.rint(scaled) && Math.abs(scaled) < 0x1p62 ? (long) scaled : Long.MIN_VALUE;
  }
}
