package org.burin.grad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.burin.exec.DoubleTensor;
import org.burin.exec.ReferenceInterpreter;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.GraphException;
import org.burin.ir.IrText;
import org.burin.ir.Op.Input;
import org.burin.ir.Op.Parameter;
import org.burin.ir.Operands;
import org.burin.ir.Value;
import org.burin.tensor.CounterRandom;
import org.burin.tensor.Tensor;

/// Compares the gradients of a graph with central finite differences, both in double precision.
///
/// For each element x the difference quotient is `(f(x+h) - f(x-h)) / 2h` with `h = 6e-6 * max(1, |x|)` (the cube root
/// of the precision of a double, where rounding and truncation balance); it is good to about `4e-11` of the loss. The
/// error of an element is `|gradient - quotient|` divided by the largest of
///
/// - `|gradient|` and `|quotient|`;
/// - 1 % of the largest quotient in the same tensor, since the digits of a much smaller element are lost in the sums
///   that it shares with the large ones;
/// - `1e-4` of the loss, where the quotient's own rounding would show.
///
/// A right gradient stays below the [#TOLERANCE] of `1e-6`, which leaves room for constants in the graph that are
/// rounded to float32 (`6e-8` each). Where the loss has a kink within h of x (a RELU at 0), the quotient mixes both
/// sides and says nothing about the gradient: check at another point then. Quantizers fail by design, since their
/// gradient is not the derivative. The check evaluates the graph twice per element; use small shapes.
public final class GradientCheck {
  /// The largest error of an element that passes.
  public static final double TOLERANCE = 1e-6;

  private static final double STEP = StrictMath.cbrt(Math.ulp(1.0));
  private static final double SMALL_GRADIENT = 1e-2;
  private static final double SMALL_LOSS = 1e-4;

  private final Graph graph;
  private final String loss;
  private final Map<String, DoubleTensor> inputs;
  private final Map<String, DoubleTensor> parameters;

  private GradientCheck(
      Graph graph, String loss, Map<String, DoubleTensor> inputs, Map<String, DoubleTensor> parameters) {
    this.graph = graph;
    this.loss = loss;
    this.inputs = new LinkedHashMap<>(inputs);
    this.parameters = new LinkedHashMap<>(parameters);
  }

  /// The element whose gradient is furthest from its finite difference.
  ///
  /// @param element where it is: the parameter or input, the position, and the operation that uses it first
  /// @param gradient what [Gradients] gives
  /// @param quotient the central finite difference
  /// @param error the relative error as [GradientCheck] defines it; infinite if one of the two is not a finite number
  public record Report(String element, double gradient, double quotient, double error) {
    /// Whether every element is within [#TOLERANCE].
    public boolean passed() {
      return error <= TOLERANCE;
    }

    @Override
    public String toString() {
      return element + ": gradient " + gradient + ", finite difference " + quotient + ", relative error " + error
          + (passed() ? " (within " : " (above ") + TOLERANCE + ")";
    }
  }

  /// Checks the gradients of an output in all parameters of the graph.
  ///
  /// @param loss the name of an output of shape `[]`
  /// @throws GraphException when the graph cannot be differentiated or evaluated, or has no parameter with an element
  public static Report run(
      Graph graph, String loss, Map<String, DoubleTensor> inputs, Map<String, DoubleTensor> parameters) {
    return run(graph, loss, graph.parameters(), inputs, parameters);
  }

  /// Checks the gradients of an output in some parameters or inputs of the graph.
  ///
  /// @param loss the name of an output of shape `[]`
  /// @param wrt values of the graph that are parameters or inputs
  /// @throws GraphException when the graph cannot be differentiated or evaluated, or `wrt` is empty or holds a value
  ///     of another kind
  public static Report run(Graph graph, String loss, List<Value> wrt,
      Map<String, DoubleTensor> inputs, Map<String, DoubleTensor> parameters) {
    GraphBuilder b = GraphBuilder.continuing(graph);
    List<Value> gradients = Gradients.of(b, graph.output(loss), wrt);
    ReferenceInterpreter.Results results = ReferenceInterpreter.run(b.build(), inputs, parameters);
    GradientCheck check = new GradientCheck(graph, loss, inputs, parameters);
    List<Report> worst = new ArrayList<>();
    for (int i = 0; i < wrt.size(); i++) {
      if (wrt.get(i).shape().size() > 0) {
        worst.add(check.worst(wrt.get(i), results, results.value(gradients.get(i))));
      }
    }
    return worst.stream()
        .max((p, q) -> Double.compare(p.error, q.error))
        .orElseThrow(() -> new GraphException("graph '" + graph.name() + "' has no parameter to check a gradient in"));
  }

  /// Checks second derivatives: those of the gradient's inner product with a random vector.
  ///
  /// @param seed of the random vector, whose elements are between -1 and 1
  /// @throws GraphException as [#run(Graph, String, List, Map, Map)]
  public static Report second(Graph graph, String loss, List<Value> wrt,
      Map<String, DoubleTensor> inputs, Map<String, DoubleTensor> parameters, long seed) {
    GraphBuilder b = GraphBuilder.continuing(graph);
    List<Value> gradients = Gradients.of(b, graph.output(loss), wrt);
    Value product = b.constant(0f);
    for (int i = 0; i < gradients.size(); i++) {
      Value g = gradients.get(i);
      Tensor direction = Tensor.zeros(g.shape());
      for (int j = 0; j < direction.size(); j++) {
        direction.data()[j] = 2 * CounterRandom.uniform(CounterRandom.base(seed, 0, i), j) - 1;
      }
      product = b.add(product, b.sum(b.mul(g, b.constant(direction))));
    }
    String output = loss + ", gradient times a vector";
    b.output(output, product);
    return run(b.build(), output, wrt, inputs, parameters);
  }

  private Report worst(Value leaf, ReferenceInterpreter.Results results, DoubleTensor gradient) {
    DoubleTensor quotient = quotients(leaf, results.value(leaf));
    double largest = Arrays.stream(quotient.data()).map(Math::abs).max().orElse(0);
    double floor = Math.max(SMALL_GRADIENT * largest, SMALL_LOSS * Math.abs(results.output(loss).item()));
    int worst = 0;
    double worstError = -1;
    for (int i = 0; i < gradient.size(); i++) {
      double error = error(gradient.data()[i], quotient.data()[i], floor);
      if (error > worstError) {
        worst = i;
        worstError = error;
      }
    }
    String element = describe(leaf) + position(leaf, worst) + user(leaf);
    return new Report(element, gradient.data()[worst], quotient.data()[worst], worstError);
  }

  private static double error(double gradient, double quotient, double floor) {
    if (!Double.isFinite(gradient) || !Double.isFinite(quotient)) {
      return Double.POSITIVE_INFINITY;
    }
    double difference = Math.abs(gradient - quotient);
    return difference == 0 ? 0 : difference / Math.max(floor, Math.max(Math.abs(gradient), Math.abs(quotient)));
  }

  private DoubleTensor quotients(Value leaf, DoubleTensor original) {
    Map<String, DoubleTensor> tensors = leaf.op() instanceof Input ? inputs : parameters;
    String name = name(leaf);
    double[] quotients = new double[original.size()];
    for (int i = 0; i < quotients.length; i++) {
      double x = original.data()[i];
      double h = STEP * Math.max(1, Math.abs(x));
      double above = lossWith(tensors, name, original, i, x + h);
      double below = lossWith(tensors, name, original, i, x - h);
      quotients[i] = (above - below) / ((x + h) - (x - h));
    }
    tensors.put(name, original);
    return DoubleTensor.of(original.shape(), quotients);
  }

  private double lossWith(
      Map<String, DoubleTensor> tensors, String name, DoubleTensor original, int element, double x) {
    double[] moved = original.data().clone();
    moved[element] = x;
    tensors.put(name, DoubleTensor.of(original.shape(), moved));
    return ReferenceInterpreter.run(graph, inputs, parameters).output(loss).item();
  }

  private static String name(Value leaf) {
    return switch (leaf.op()) {
      case Input(var name, _) -> name;
      case Parameter(var name, _) -> name;
      default -> throw new GraphException(
          "gradients are checked in parameters and inputs, found " + leaf + " = " + IrText.print(leaf.op()));
    };
  }

  private static String describe(Value leaf) {
    return (leaf.op() instanceof Input ? "input '" : "parameter '") + name(leaf) + "'";
  }

  private static String position(Value leaf, int flat) {
    int[] index = new int[leaf.shape().rank()];
    int rest = flat;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = rest % leaf.shape().dim(axis);
      rest /= leaf.shape().dim(axis);
    }
    return Arrays.toString(index).replace(" ", "");
  }

  private String user(Value leaf) {
    return graph.values().stream()
        .filter(v -> Operands.of(v.op()).contains(leaf))
        .findFirst()
        .map(v -> ", used by " + (v.layer().isEmpty() ? "" : "layer " + v.layer() + ": ") + v + " = "
            + IrText.print(v.op()))
        .orElse("");
  }
}
