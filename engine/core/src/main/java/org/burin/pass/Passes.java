package org.burin.pass;

import java.util.List;
import java.util.Map;
import org.burin.tensor.Tensor;

/// The pipelines of Burin.
public final class Passes {
  private Passes() {}

  /// What is done to a model's graph to use before it is lowered to fixed point. No pass changes a bit of what a
  /// [org.burin.exec.Plan] computes.
  ///
  /// @param parameters a tensor for every parameter of the graph, by name
  public static Pipeline deployment(Map<String, Tensor> parameters) {
    return new Pipeline(List.of(
        new StripGradients(), new ConstantFold(parameters), new SplitMeans(), new Cse(), new Dce()));
  }

  /// What is done to a float model before it is quantized after training. Numbers change by roundings of float32.
  public static Pipeline preparation() {
    return new Pipeline(List.of(new StripGradients(), new FoldBatchNorm(), new Cse(), new Dce()));
  }
}
