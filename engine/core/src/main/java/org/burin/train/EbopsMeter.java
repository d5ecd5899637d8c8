package org.burin.train;

import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.nn.Model;

/// Measures the EBOPs of a model's graph to use, with its present parameters.
final class EbopsMeter {
  /// The value of the history.
  static final String NAME = "ebops";

  private final Plan plan;

  /// @throws TrainingException when no product has factors of known bits
  EbopsMeter(Model model) {
    this.plan = Plan.compile(Budget.ebops(model.inference()).bind(1), model.parameters().tensors(),
        PlanOptions.DEFAULT.withThreads(1));
  }

  double ebops() {
    plan.run();
    return plan.output(Budget.EBOPS).data()[0];
  }
}
