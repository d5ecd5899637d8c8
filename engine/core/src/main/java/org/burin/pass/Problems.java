package org.burin.pass;

import java.util.Map;
import java.util.Objects;
import org.burin.fixed.FixedException;
import org.burin.ir.Graph;
import org.burin.ir.IrText;
import org.burin.ir.Op;
import org.burin.ir.Operands;
import org.burin.ir.Value;

/// What there is to say against values of a graph.
final class Problems {
  /// How many numbers of a constant are shown.
  private static final int LONGEST_CONSTANT = 8;

  private final Graph graph;
  private final Map<Value, Value> origins;

  /// @param origins for values of the graph those that they were before the passes
  Problems(Graph graph, Map<Value, Value> origins) {
    this.graph = graph;
    this.origins = origins;
  }

  /// The operation as it stands in the graph that was to be lowered.
  String text(Value v) {
    Value origin = origins.getOrDefault(v, v);
    boolean isLong = origin.op() instanceof Op.Constant(var t) && t.size() > LONGEST_CONSTANT;
    return isLong ? "constant " + origin.shape() : IrText.print(origin.op());
  }

  Diagnostic of(Value v, String problem, String remedy) {
    return new Diagnostic(v.layer(), text(v), problem, remedy);
  }

  Diagnostic tooWide(Value v, FixedException e) {
    // The cause says what; where it is, is said already.
    Throwable what = Objects.requireNonNullElse(e.getCause(), e);
    return of(v, Objects.requireNonNullElse(what.getMessage(), "no fixed-point type holds it"),
        "quantize its operands to fewer bits: kernels and biases with kernelQuantizer and biasQuantizer, other values "
            + "with a QuantizerLayer");
  }

  Diagnostic noFixedForm(Value v) {
    return of(v, "its numbers are not fixed-point numbers",
        "put a quantizer after it, before anything but element-wise operations reads it");
  }

  Diagnostic unquantized(Value input) {
    String reader = graph.values().stream()
        .filter(v -> Operands.of(v.op()).contains(input) && !isQuantizer(v.op()))
        .findFirst()
        .map(v -> text(v) + (v.layer().isEmpty() ? "" : " of layer " + v.layer()) + " reads it")
        .orElse("it is an output");
    return of(input, "it has not passed a quantizer where " + reader,
        "let a quantizer, such as a QuantizerLayer, be the first to read the input");
  }

  private static boolean isQuantizer(Op op) {
    return op instanceof Op.Quantize || op instanceof Op.QuantizeBits;
  }

  Refusal onlyGradients(Value v) {
    return Refusal.of(of(v, "it arises in gradients only and has no fixed-point form",
        "lower the graph to use, not the graph to train"));
  }
}
