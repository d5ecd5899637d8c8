package org.burin.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.burin.grad.Gradients;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Op.Parameter;
import org.burin.ir.Operands;
import org.burin.ir.Value;
import org.burin.nn.Net;

/// The whole training step as one graph: the model, its losses, their gradients, clipping, the optimizer.
///
/// Beyond the inputs of the model it has the inputs `target/COLUMN`, `weight/COLUMN` and the optimizer's scalars
/// `train/NAME`; beyond the outputs of the model `train/loss`, which is what is made small, and `train/loss/OUTPUT`,
/// each output's part.
///
/// @param graph the graph, bound to a batch size
/// @param slots what the optimizer keeps between steps, by parameter name
/// @param scalars what the host computes before every step, by input name
record StepGraph(Graph graph, Map<String, UpdateBuilder.Slot> slots, Map<String, UpdateBuilder.StepScalar> scalars) {
  /// The output that is made small.
  static final String LOSS = "train/loss";

  /// The output with one output's loss.
  static String lossOf(String output) {
    return LOSS + "/" + output;
  }

  /// How the gradients become updates.
  ///
  /// @param optimizer the rule
  /// @param clipping what is done to the gradients before
  /// @param trainable which parameters are trained
  /// @param budget what of the model's size is part of the loss
  record Rule(Optimizer optimizer, Clipping clipping, Predicate<String> trainable, Budget budget) {}

  /// The step for batches of n samples.
  ///
  /// @param model the model's training graph, its batch size open
  /// @throws TrainingException when a loss does not fit, or no trainable parameter influences the loss
  static StepGraph of(Graph model, int n, List<LossTerm> terms, Rule rule) {
    Graph bound = rule.budget().measured(model).bind(n);
    GraphBuilder b = GraphBuilder.continuing(bound);
    UpdateBuilder u = new UpdateBuilder(b);
    Value loss = loss(b, bound, terms, rule.budget().terms(u, bound));
    List<Value> trained = bound.parameters().stream()
        .filter(v -> v.op() instanceof Parameter(var name, _) && rule.trainable().test(name))
        .toList();
    if (trained.isEmpty()) {
      throw new TrainingException("model '" + model.name() + "' has no parameter to train: all of them are frozen or "
          + "there are none; unfreeze a layer, or evaluate instead");
    }
    List<Value> gradients = rule.clipping().apply(b, Gradients.of(b, loss, trained));
    b.scope("optimizer", () -> {
      for (int i = 0; i < trained.size(); i++) {
        Value kept = b.latest(trained.get(i));
        rule.optimizer().update(u, trained.get(i), gradients.get(i));
        constrain(u, trained.get(i), kept);
      }
      return loss;
    });
    return new StepGraph(b.build().prune(), u.slots(), u.scalars());
  }

  /// Applies a weight's constraint to what the optimizer gave it.
  ///
  /// @param kept what is to be kept of the weight, or the weight itself where it has no constraint
  private static void constrain(UpdateBuilder u, Value weight, Value kept) {
    if (kept != weight) {
      Map<Value, Value> copies = new HashMap<>();
      copies.put(weight, u.graph().latest(weight));
      u.assign(weight, copy(u.graph(), kept, copies));
    }
  }

  private static Value copy(GraphBuilder b, Value v, Map<Value, Value> copies) {
    Value known = copies.get(v);
    if (known == null) {
      known = b.add(Operands.map(v.op(), o -> copy(b, o, copies)));
      copies.put(v, known);
    }
    return known;
  }

  /// The model with its losses alone, for batches of n samples: the same outputs as the step.
  ///
  /// @param model the model's graph to use, its batch size open
  /// @throws TrainingException when a loss does not fit
  static Graph evaluation(Graph model, int n, List<LossTerm> terms) {
    Graph bound = model.bind(n);
    GraphBuilder b = GraphBuilder.continuing(bound);
    loss(b, bound, terms, List.of());
    return b.build().prune();
  }

  private static Value loss(GraphBuilder b, Graph model, List<LossTerm> terms, List<Value> more) {
    List<Value> parts = new ArrayList<>();
    for (LossTerm term : terms) {
      Value mean = b.mean(term.perSample(b, model.output(term.output())));
      b.output(lossOf(term.output()), mean);
      parts.add(term.weight() == 1 ? mean : b.scale(mean, (float) term.weight()));
    }
    Value penalty = model.outputs().get(Net.PENALTY);
    if (penalty != null) {
      parts.add(penalty);
    }
    parts.addAll(more);
    Value loss = parts.stream().reduce(b::add).orElseThrow();
    b.output(LOSS, loss);
    return loss;
  }
}
