package org.burin.workloads.emd;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.burin.data.Column.Role;
import org.burin.data.Dataset;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.grad.Gradients;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.nn.Model;
import org.burin.tensor.Tensor;
import org.burin.workloads.econ.Hgcal;

/// How near a network comes to the exact distances of pairs.
///
/// @param relativeMean the mean of `(network - exact) / exact`
/// @param relativeDeviation its standard deviation
/// @param correlation of network and exact distance, Pearson's
/// @param cosine the mean cosine of the angle between the network's gradient by the first image and that of the exact
///     distance, both without their means
/// @param largestSelf the largest result, without its sign, for twice the same image
public record EmdAccuracy(
    double relativeMean, double relativeDeviation, double correlation, double cosine, double largestSelf) {
  private static final int PART = 256;

  /// The accuracy of a network whose two inputs are images `[N,4,4,3]` and whose only output is `[N,1]`.
  ///
  /// @param pairs whose distances are not 0
  public static EmdAccuracy of(Model model, EmdPairs pairs) {
    return of(model, pairs.dataset(true));
  }

  static EmdAccuracy of(Model model, Dataset pairs) {
    Tensor x = pairs.tensor(Role.INPUT, Images.X);
    Tensor y = pairs.tensor(Role.INPUT, Images.Y);
    float[] exact = pairs.tensor(Role.TARGET, Images.DISTANCE).data();
    float[] gradients = pairs.tensor(Role.TARGET, NormNetwork.GRADIENT).data();
    Slopes slopes = new Slopes(model);
    double cosines = 0;
    double self = 0;
    Moments relative = new Moments();
    Moments network = new Moments();
    Moments truth = new Moments();
    double products = 0;
    for (int from = 0; from < exact.length; from += PART) {
      int n = Math.min(PART, exact.length - from);
      slopes.run(x.data(), y.data(), from, n);
      for (int i = 0; i < n; i++) {
        double found = slopes.distances()[i];
        relative.add(found / exact[from + i] - 1);
        network.add(found);
        truth.add(exact[from + i]);
        products += found * exact[from + i];
        cosines += cosine(slopes.gradients(), i * Hgcal.CELLS, gradients, (from + i) * Hgcal.CELLS);
      }
      slopes.run(x.data(), x.data(), from, n);
      for (int i = 0; i < n; i++) {
        self = Math.max(self, Math.abs(slopes.distances()[i]));
      }
    }
    double covariance = products / exact.length - network.mean() * truth.mean();
    return new EmdAccuracy(relative.mean(), relative.deviation(),
        covariance / (network.deviation() * truth.deviation()), cosines / exact.length, self);
  }

  /// The numbers by name.
  public Map<String, Double> numbers() {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("relative_mean", relativeMean);
    numbers.put("relative_deviation", relativeDeviation);
    numbers.put("correlation", correlation);
    numbers.put("gradient_cosine", cosine);
    numbers.put("largest_self", largestSelf);
    return numbers;
  }

  /// The cosine of the angle between two vectors, each without its mean; 0 where one of them is 0.
  private static double cosine(float[] a, int fromA, float[] b, int fromB) {
    Moments inA = new Moments();
    Moments inB = new Moments();
    double products = 0;
    for (int i = 0; i < Hgcal.CELLS; i++) {
      inA.add(a[fromA + i]);
      inB.add(b[fromB + i]);
      products += (double) a[fromA + i] * b[fromB + i];
    }
    double size = inA.deviation() * inB.deviation();
    return size == 0 ? 0 : (products / Hgcal.CELLS - inA.mean() * inB.mean()) / size;
  }

  /// Mean and standard deviation of numbers.
  private static final class Moments {
    private long count;
    private double sum;
    private double squares;

    void add(double x) {
      count++;
      sum += x;
      squares += x * x;
    }

    double mean() {
      return sum / count;
    }

    double deviation() {
      return Math.sqrt(Math.max(0, squares / count - mean() * mean()));
    }
  }

  /// A network with its derivative by the first image.
  private static final class Slopes {
    private final Plan plan;
    private final String first;
    private final String second;
    private final String distance;

    Slopes(Model model) {
      Graph graph = model.inference().bind(PART);
      first = ((Op.Input) graph.inputs().get(0).op()).name();
      second = ((Op.Input) graph.inputs().get(1).op()).name();
      distance = graph.outputs().keySet().iterator().next();
      GraphBuilder b = GraphBuilder.continuing(graph);
      Value sum = b.sum(graph.output(distance), 0, 1);
      b.output("slope", Gradients.of(b, sum, List.of(graph.inputs().getFirst())).getFirst());
      plan = Plan.compile(b.build(), model.parameters().tensors(), PlanOptions.DEFAULT);
    }

    /// The first `n` results are those of the images from number `from` on.
    void run(float[] x, float[] y, int from, int n) {
      copy(x, from, n, plan.input(first));
      copy(y, from, n, plan.input(second));
      plan.run();
    }

    private static void copy(float[] images, int from, int n, Tensor input) {
      System.arraycopy(images, from * Hgcal.CELLS, input.data(), 0, n * Hgcal.CELLS);
    }

    float[] distances() {
      return plan.output(distance).data();
    }

    float[] gradients() {
      return plan.output("slope").data();
    }
  }
}
