package org.burin.conformance.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.fixed.FixedInterpreter;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedValue;
import org.burin.ir.Graph;
import org.burin.ir.IrText;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.nn.Model;
import org.burin.pass.LowerToFixed;
import org.burin.pass.Lowered;
import org.burin.tensor.Tensor;

/// Holds the float evaluation of a quantized model against the golden model, raw integer by raw integer.
///
/// Compared with [FixedInterpreter] are:
/// - every value of the lowered graph that has a twin in fixed point, as a plan computes it;
/// - every output of the graph to use, as a plan of the model as it stands computes it;
/// - every output of the graph to train, where that is meant to give the same: it draws no random numbers and takes no
///   statistics of its batch, and the graph to use has no argmax in place of a softmax;
/// - what the model predicts, also where float32 cannot hold what is computed.
public final class Exactness {
  private final Model model;
  private final Tensor samples;
  private final Lowered lowered;
  private final FixedInterpreter.Results golden;
  private final List<String> mismatches = new ArrayList<>();

  private Exactness(Model model, Lowered lowered, Tensor samples) {
    this.model = model;
    this.samples = samples;
    this.lowered = lowered;
    golden = FixedInterpreter.runFloats(lowered.fixed(), Map.of("x", samples), FixedInterpreter.Check.ON);
  }

  /// What was found.
  ///
  /// @param exactInFloat whether plans were expected to be exact
  /// @param tensors how many tensors were compared
  /// @param mismatches the first mismatch of every tensor that has one
  public record Result(boolean exactInFloat, int tensors, List<String> mismatches) {
    /// Copies the list.
    public Result {
      mismatches = List.copyOf(mismatches);
    }
  }

  /// Compares a model with the input `x`.
  ///
  /// @throws org.burin.pass.LoweringException when the model has no fixed-point form
  public static Result of(Model model, Tensor samples) {
    return of(model, LowerToFixed.of(model.parameters().tensors()).lower(model.inference()), samples);
  }

  static Result of(Model model, Lowered lowered, Tensor samples) {
    Exactness e = new Exactness(model, lowered, samples);
    int tensors = 0;
    if (e.lowered.isExactInFloat()) {
      tensors += e.twins() + e.outputs(model.inference(), "the graph to use");
      if (trainsWhatItUses(model)) {
        tensors += e.outputs(model.training(), "the graph to train");
      }
    }
    return new Result(e.lowered.isExactInFloat(), tensors + e.predictions(), e.mismatches);
  }

  private static boolean trainsWhatItUses(Model model) {
    return model.training().updates().isEmpty()
        && model.training().values().stream().noneMatch(v -> v.op() instanceof Op.RandomUniform)
        && model.inference().values().stream().noneMatch(v -> v.op() instanceof Op.ArgMax);
  }

  private Plan run(Graph bound, PlanOptions options) {
    Plan plan = Plan.compile(bound, model.parameters().tensors(), options);
    System.arraycopy(samples.data(), 0, plan.input("x").data(), 0, samples.size());
    plan.run();
    return plan;
  }

  private int twins() {
    Graph bound = lowered.source().bind(samples.shape().dim(0));
    Plan plan = run(bound, PlanOptions.DEFAULT.keepingAll());
    int compared = 0;
    for (Map.Entry<Value, FixedValue> twin : lowered.twins().entrySet()) {
      Value v = twin.getKey();
      if (v.op() instanceof Op.Input) {
        continue; // the float input is what it was before it was quantized
      }
      compare("value " + v + " = " + IrText.print(v.op()) + " of layer " + v.layer(),
          plan.value(bound.values().get(v.id())), golden.value(twin.getValue()));
      compared++;
    }
    return compared;
  }

  private int outputs(Graph graph, String of) {
    Plan plan = run(graph.bind(samples.shape().dim(0)), PlanOptions.DEFAULT);
    golden.outputs().forEach((name, raw) -> compare("output " + name + " of " + of, plan.output(name), raw));
    return golden.outputs().size();
  }

  private int predictions() {
    Map<String, Tensor> predicted = model.predict(Map.of("x", samples));
    golden.outputs().forEach((name, raw) ->
        comparePrediction("prediction " + name, Objects.requireNonNull(predicted.get(name)), raw));
    return golden.outputs().size();
  }

  private void compare(String what, Tensor found, FixedTensor expected) {
    for (int i = 0; i < expected.size(); i++) {
      double raw = Math.scalb((double) found.data()[i], expected.fraction());
      if (raw != expected.raw()[i]) {
        mismatches.add(what + ": element " + i + " is " + found.data()[i] + ", that is raw " + raw + ", expected raw "
            + expected.raw()[i] + " * 2^" + -expected.fraction());
        return;
      }
    }
  }

  /// A prediction is a float32: where that cannot hold the number, it is the nearest one.
  private void comparePrediction(String what, Tensor found, FixedTensor expected) {
    for (int i = 0; i < expected.size(); i++) {
      float nearest = (float) Math.scalb((double) expected.raw()[i], -expected.fraction());
      if (found.data()[i] != nearest) {
        mismatches.add(what + ": element " + i + " is " + found.data()[i] + ", expected " + nearest + " of raw "
            + expected.raw()[i] + " * 2^" + -expected.fraction());
        return;
      }
    }
  }
}
