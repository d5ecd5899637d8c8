package org.burin.quant;

import java.util.List;
import java.util.Map;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Model;
import org.burin.tensor.Tensor;

/// What a model costs, measured on its graph to use with its present parameters.
///
/// @param ebops effective bit operations, see [Ebops]; NaN where no product has factors of known bits
/// @param weightBits the mean number of bits of a weight, counted as [Ebops] does; weights that are 0 have none
/// @param sparsity the part of the weights that is 0, see [Sparsity]
public record Footprint(double ebops, double weightBits, double sparsity) {
  private static final String EBOPS = "ebops";

  /// The footprint of a model; NaN for what a model without weights does not have.
  public static Footprint of(Model model) {
    Graph used = model.inference();
    GraphBuilder b = GraphBuilder.continuing(new Graph(used.name(), used.values(), Map.of(), Map.of()));
    Ebops.total(b, used).ifPresent(v -> b.output(EBOPS, v));
    List<Value> weights = Sparsity.weights(used);
    for (int i = 0; i < weights.size(); i++) {
      b.output("bits/" + i, Ebops.digits(b, weights.get(i)));
    }
    Graph measured = b.build().prune();
    Plan plan = Plan.compile(measured.bind(1), model.parameters().tensors(), PlanOptions.DEFAULT.withThreads(1));
    plan.run();
    long count = 0;
    double bits = 0;
    long zeros = 0;
    for (int i = 0; i < weights.size(); i++) {
      Tensor t = plan.output("bits/" + i);
      for (float n : t.data()) {
        bits += n;
        zeros += n == 0 ? 1 : 0;
      }
      count += t.size();
    }
    double ebops = measured.outputs().containsKey(EBOPS) ? plan.output(EBOPS).item() : Double.NaN;
    return new Footprint(ebops, bits / count, (double) zeros / count);
  }
}
