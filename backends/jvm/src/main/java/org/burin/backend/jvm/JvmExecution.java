package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.tensor.Shape;

/// A generated class, run in this JVM.
final class JvmExecution implements Execution {
  private final Program program;
  private final Inference inference;

  JvmExecution(LoadedClass loaded) {
    program = loaded.program();
    inference = new Inference(loaded);
  }

  @Override
  public Map<String, long[]> run(int samples, Map<String, long[]> inputs) {
    List<long[]> arrays = new ArrayList<>();
    for (String name : program.inputs().keySet()) {
      long[] numbers = inputs.get(name);
      if (numbers == null) {
        throw new IllegalArgumentException("expected numbers for input '" + name + "', found some for "
            + inputs.keySet());
      }
      arrays.add(numbers);
    }
    Map<String, long[]> outputs = new LinkedHashMap<>();
    program.outputs().forEach((name, shape) -> outputs.put(name, new long[size(shape, samples)]));
    arrays.addAll(outputs.values());
    switch (program) {
      case Program.Fixed _ -> inference.inferRaw(samples, arrays.toArray(new long[0][]));
      case Program.Floating _ -> floats(samples, arrays, inputs.size());
    }
    return outputs;
  }

  private static int size(Shape shape, int samples) {
    return shape.isBound() ? shape.size() : shape.bind(1).size() * samples;
  }

  private void floats(int samples, List<long[]> arrays, int inputs) {
    float[][] typed = new float[arrays.size()][];
    for (int i = 0; i < typed.length; i++) {
      long[] bits = arrays.get(i);
      typed[i] = new float[bits.length];
      for (int j = 0; j < bits.length; j++) {
        typed[i][j] = Float.intBitsToFloat((int) bits[j]);
      }
    }
    inference.infer(samples, typed);
    for (int i = inputs; i < typed.length; i++) {
      for (int j = 0; j < typed[i].length; j++) {
        arrays.get(i)[j] = Float.floatToIntBits(typed[i][j]);
      }
    }
  }
}
