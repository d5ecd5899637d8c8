package org.burin.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.quant.Ebops;
import org.burin.quant.Sparsity;
import org.burin.tensor.BinaryFn;
import org.burin.train.Constraint.EbopsAtMost;
import org.burin.train.Constraint.SparsityAtLeast;
import org.jspecify.annotations.Nullable;

/// What of a model's size is made small or kept within limits: the parts of the loss beyond losses and penalties.
///
/// @param ebops the factor of the EBOPs in the loss; null where they do not matter
/// @param constraints what is kept within limits
record Budget(@Nullable EbopsFactor ebops, List<Constraint> constraints) {
  /// The output with the EBOPs of the weights before the step.
  static final String EBOPS = "train/ebops";

  private static final String SPARSITY = "train/sparsity";
  private static final String FACTOR = "ebops_factor";

  /// Nothing matters.
  static final Budget NONE = new Budget(null, List.of());

  /// Whether EBOPs have to be known.
  boolean measuresEbops() {
    return ebops != null || constraints.stream().anyMatch(c -> c instanceof EbopsAtMost);
  }

  /// The model with outputs for what is measured.
  ///
  /// @param model its batch size open
  /// @throws TrainingException when there is nothing to measure
  Graph measured(Graph model) {
    GraphBuilder b = GraphBuilder.continuing(model);
    if (measuresEbops()) {
      b.output(EBOPS, total(b, model));
    }
    if (constraints.stream().anyMatch(c -> c instanceof SparsityAtLeast)) {
      b.output(SPARSITY, Sparsity.of(b, model).orElseThrow(() -> new TrainingException("model '" + model.name()
          + "' has no matrix product or convolution with weights, whose sparsity is to be constrained; leave the "
          + "constraint out")));
    }
    return b.build();
  }

  /// The EBOPs alone.
  ///
  /// @param model its batch size open
  /// @throws TrainingException when no product has factors of known bits
  static Graph ebops(Graph model) {
    GraphBuilder b = GraphBuilder.continuing(new Graph(model.name(), model.values(), Map.of(),
        Map.of()));
    b.output(EBOPS, total(b, model));
    return b.build().prune();
  }

  private static Value total(GraphBuilder b, Graph model) {
    return Ebops.total(b, model).orElseThrow(() -> new TrainingException("the EBOPs of model '" + model.name()
        + "' are not known: it has no matrix product or convolution of quantized data; quantize the inputs of its "
        + "layers, or train without EBOPs"));
  }

  /// The parts of the loss.
  ///
  /// @param measured what [#measured] gave, bound to a batch size
  List<Value> terms(UpdateBuilder u, Graph measured) {
    GraphBuilder b = u.graph();
    List<Value> terms = new ArrayList<>();
    EbopsFactor factor = ebops;
    if (factor != null) {
      Value weight = u.scalar(FACTOR, (step, _) -> factor.factor(step - 1));
      terms.add(b.mul(weight, measured.output(EBOPS)));
    }
    for (Constraint c : constraints) {
      Value violation = switch (c) {
        case EbopsAtMost e ->
            b.sub(b.scale(measured.output(EBOPS), (float) (1 / e.most())), b.constant(1f));
        case SparsityAtLeast s -> b.sub(b.constant((float) s.part()), measured.output(SPARSITY));
      };
      terms.add(term(u, c, violation));
    }
    return terms;
  }

  private static Value term(UpdateBuilder u, Constraint c, Value violation) {
    GraphBuilder b = u.graph();
    Value zero = b.constant(0f);
    Value multiplier = u.slot("constraint/" + c.name() + "/multiplier");
    Value factor = b.binary(BinaryFn.MAX, b.add(multiplier, b.scale(violation, (float) c.damping())), zero);
    u.assign(multiplier, b.binary(BinaryFn.MAX, b.add(multiplier, b.scale(violation, (float) c.rate())), zero));
    return b.mul(b.stopGradient(factor), violation);
  }
}
