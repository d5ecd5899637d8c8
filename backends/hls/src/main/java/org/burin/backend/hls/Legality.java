package org.burin.backend.hls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.burin.backend.hls.HlsSettings.Choice;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedOp.Conv2d;
import org.burin.fixed.FixedOp.MatMul;
import org.burin.fixed.FixedOperands;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.pass.Diagnostic;

/// What cannot be translated to C++ for synthesis.
final class Legality {
  private Legality() {}

  static List<Diagnostic> problems(FixedGraph graph, HlsSettings settings) {
    List<Diagnostic> problems = new ArrayList<>();
    for (FixedValue v : graph.values()) {
      String op = v + " = " + v.op().getClass().getSimpleName().toLowerCase(Locale.ROOT);
      int batch = v.shape().batchAxis();
      boolean mixes = batch != 0 && FixedOperands.of(v.op()).stream().anyMatch(o -> o.shape().batchAxis() == 0);
      if (mixes || batch > 0) {
        problems.add(new Diagnostic(v.layer(), op, "the samples of a batch are to be computed one by one, but this "
            + "mixes them or moves them from the first axis: shape " + v.shape(), "keep the samples along the first axis"));
      } else {
        width(v, op).ifPresent(problems::add);
        reuse(v, op, settings.choice(v.layer())).ifPresent(problems::add);
      }
    }
    settings.layers().keySet().stream()
        .filter(layer -> graph.values().stream().noneMatch(v -> v.layer().equals(layer)))
        .forEach(layer -> problems.add(new Diagnostic(layer, "option layers", "there is no such layer",
            "choose from " + graph.values().stream().map(FixedValue::layer).filter(l -> !l.isEmpty()).distinct()
                .collect(Collectors.joining(", ")))));
    return problems;
  }

  private static Optional<Diagnostic> width(FixedValue v, String op) {
    int bits = switch (v.op()) {
      case FixedOp.Add(var a, var b) -> common(a, b);
      case FixedOp.Subtract(var a, var b) -> common(a, b);
      case FixedOp.Maximum(var a, var b) -> common(a, b);
      case FixedOp.Minimum(var a, var b) -> common(a, b);
      case FixedOp.Compare(_, var a, var b) -> common(a, b);
      case FixedOp.Divide o -> o.types().types().stream().mapToInt(t -> divided(Containers.of(o.x()), t)).max().orElse(0);
      default -> 0;
    };
    return bits <= Containers.WIDEST ? Optional.empty() : Optional.of(new Diagnostic(v.layer(), op,
        "the operands aligned take " + bits + " bits, expected at most " + Containers.WIDEST,
        "quantize an operand to fewer fractional bits"));
  }

  private static int common(FixedValue a, FixedValue b) {
    return Containers.common(Containers.of(a), Containers.of(b));
  }

  private static int divided(FixedType from, FixedType to) {
    return from.width() + Math.abs(to.fraction() - from.fraction()) + Long.SIZE / 2;
  }

  private static Optional<Diagnostic> reuse(FixedValue v, String op, Choice choice) {
    if (choice.strategy() != Strategy.RESOURCE) {
      return Optional.empty();
    }
    return switch (v.op()) {
      case MatMul o -> reuse(v, op, o.a().shape().dim(o.transA() ? -2 : -1), v.shape().dim(-1), choice.reuse());
      case Conv2d o -> reuse(v, op, o.w().shape().bind(1).size() / o.w().shape().dim(3), o.w().shape().dim(3), choice.reuse());
      default -> Optional.empty();
    };
  }

  private static Optional<Diagnostic> reuse(FixedValue v, String op, int inputs, int outputs, int reuse) {
    List<Integer> valid = ProductCalls.reuseFactors(inputs, outputs);
    return valid.contains(reuse) ? Optional.empty() : Optional.of(new Diagnostic(v.layer(), op,
        "a product of " + inputs + " inputs and " + outputs + " outputs has no reuse factor " + reuse,
        "choose from " + valid.stream().map(String::valueOf).collect(Collectors.joining(", "))
            + ", for this layer alone with the option layers=" + v.layer() + ":resource:REUSE"));
  }
}
