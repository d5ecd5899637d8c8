package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.List;
import org.burin.codegen.spi.Program;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedOperands;
import org.burin.fixed.FixedValue;
import org.burin.ir.Graph;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.pass.Diagnostic;
import org.burin.tensor.Shape;

/// What the JVM backend cannot translate.
final class Legality {
  /// Floats hold powers of two from 2^-126 to 2^127.
  private static final int MOST_FRACTION = 120;
  private static final int MOST_ELEMENTS = 1 << 20;

  private Legality() {}

  static List<Diagnostic> problems(Program program) {
    return switch (program) {
      case Program.Fixed p -> fixed(p.graph());
      case Program.Floating p -> floating(p.graph());
    };
  }

  private static List<Diagnostic> floating(Graph graph) {
    List<Diagnostic> problems = new ArrayList<>();
    for (Value v : FloatRoots.live(graph)) {
      String op = v + " = " + v.op().getClass().getSimpleName();
      boolean trains = switch (v.op()) {
        case Op.RandomUniform _, Op.Conv2dKernel _, Op.MaxPool2dScatter _, Op.MaxPool2dGather _,
            Op.AveragePool2dAdjoint _, Op.ScatterAdd _ -> true;
        default -> false;
      };
      int batch = v.shape().batchAxis();
      boolean mixes = batch != 0
          && FloatRoots.operands(v).stream().anyMatch(o -> o.shape().batchAxis() == 0);
      if (trains) {
        problems.add(
            new Diagnostic(v.layer(), op, "the operation belongs to training", "pass the graph for inference"));
      } else if (mixes || batch > 0) {
        problems.add(mixes(v.layer(), op, v.shape()));
      }
    }
    return problems;
  }

  private static Diagnostic mixes(String layer, String op, Shape shape) {
    return new Diagnostic(layer, op, "the samples of a batch are to be computed one by one, but this mixes them or "
        + "moves them from the first axis: shape " + shape, "keep the samples along the first axis");
  }

  private static List<Diagnostic> fixed(FixedGraph graph) {
    List<Diagnostic> problems = new ArrayList<>();
    for (FixedValue v : graph.values()) {
      String op = v + " = " + v.op().getClass().getSimpleName();
      int batch = v.shape().batchAxis();
      boolean mixes = FixedOperands.of(v.op()).stream().anyMatch(o -> o.shape().batchAxis() == 0) && batch != 0;
      if (mixes || batch > 0) {
        problems.add(mixes(v.layer(), op, v.shape()));
      } else if (v.shape().bind(1).size() > MOST_ELEMENTS) {
        problems.add(new Diagnostic(v.layer(), op, "a sample has " + v.shape().bind(1).size()
            + " elements, expected at most " + MOST_ELEMENTS, "make the layer smaller"));
      }
      boolean port = v.op() instanceof FixedOp.Input || graph.outputs().containsValue(v);
      if (port && Math.abs(v.precision().fraction()) > MOST_FRACTION) {
        problems.add(new Diagnostic(v.layer(), op, "an input or output has " + v.precision().fraction()
            + " fractional bits, expected -" + MOST_FRACTION + " to " + MOST_FRACTION + ", the range of float",
            "scale its numbers"));
      }
    }
    return problems;
  }
}
