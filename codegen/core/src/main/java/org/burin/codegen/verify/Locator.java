package org.burin.codegen.verify;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.burin.codegen.spi.Emitter;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.codegen.spi.RefusedException;
import org.burin.codegen.spi.ToolException;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedValue;

/// Finds where inside a fixed-point program generated code first leaves its definition: the program is generated once
/// more with every value as an output, and run on the one sample.
public final class Locator {
  private Locator() {}

  /// The first value, in the order of the graph, that differs for a sample; empty when none does once all are outputs,
  /// or the backend cannot translate that.
  ///
  /// @param sample the number of the sample among the test vectors
  /// @param inputs the numbers of this sample
  /// @param scratch an empty folder that exists
  public static Optional<Divergence> locate(
      Emitter<?> emitter, Program.Fixed program, long sample, Map<String, long[]> inputs, Path scratch) {
    Program.Fixed probe = probe(program);
    try (Execution right = References.of(probe);
        Execution generated = emitter.prepare(emitter.emit(probe), probe, scratch).orElse((n, in) -> Map.of())) {
      return first(probe, sample, right.run(1, inputs), generated.run(1, inputs));
    } catch (RefusedException | ToolException e) {
      return Optional.empty();
    }
  }

  /// The program with all values as outputs, named `v0`, `v1`, ...
  private static Program.Fixed probe(Program.Fixed program) {
    Map<String, FixedValue> outputs = new LinkedHashMap<>();
    for (FixedValue v : program.graph().values()) {
      if (!(v.op() instanceof FixedOp.Constant) && v.shape().batchAxis() == 0) {
        outputs.put("v" + v.id(), v);
      }
    }
    FixedGraph graph = new FixedGraph(program.graph().name(), program.graph().values(), outputs);
    return new Program.Fixed(program.about(), graph);
  }

  private static Optional<Divergence> first(
      Program.Fixed probe, long sample, Map<String, long[]> right, Map<String, long[]> generated) {
    for (Map.Entry<String, FixedValue> e : probe.graph().outputs().entrySet()) {
      FixedValue v = e.getValue();
      long[] expected = right.getOrDefault(e.getKey(), new long[0]);
      long[] actual = generated.getOrDefault(e.getKey(), expected);
      for (int i = 0; i < expected.length; i++) {
        if (expected[i] != actual[i]) {
          return Optional.of(new Divergence(sample, v.toString(), Outputs.name(v.op()), v.layer(),
              v.precision().type().toString(), i, expected[i], actual[i]));
        }
      }
    }
    return Optional.empty();
  }
}
