package org.burin.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Op.Parameter;
import org.burin.ir.Value;
import org.burin.tensor.Shape;

/// What an [Optimizer] builds its part of the training step with.
public final class UpdateBuilder {
  private static final String LEARNING_RATE = "learning_rate";

  private final GraphBuilder graph;
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final Map<String, StepScalar> scalars = new LinkedHashMap<>();

  UpdateBuilder(GraphBuilder graph) {
    this.graph = graph;
  }

  /// A number that the host computes before every step.
  @FunctionalInterface
  public interface StepScalar {
    /// The number for a step.
    ///
    /// @param step the number of the step, from 1
    /// @param learningRate the learning rate of the step
    double of(long step, double learningRate);
  }

  /// A tensor that an optimizer keeps for a parameter.
  record Slot(Shape shape, float initial) {}

  /// The graph of the step.
  public GraphBuilder graph() {
    return graph;
  }

  /// The learning rate of the step, a number.
  public Value learningRate() {
    return scalar(LEARNING_RATE, (_, rate) -> rate);
  }

  /// A number that the host computes before every step; the graph's input `train/NAME`. A name asked for again gives
  /// the same input.
  public Value scalar(String name, StepScalar formula) {
    String input = "train/" + name;
    scalars.putIfAbsent(input, formula);
    return graph.input(input, Shape.SCALAR);
  }

  /// A tensor of the parameter's shape that is kept between steps and saved with checkpoints: the graph parameter
  /// `NAME/PARAMETER`.
  ///
  /// @param initial what all its elements are before the first step
  public Value slot(String name, Value parameter, float initial) {
    String slot = name + "/" + name(parameter);
    slots.put(slot, new Slot(parameter.shape(), initial));
    return graph.parameter(slot, parameter.shape());
  }

  /// A number that is kept between steps and saved with checkpoints, 0 before the first step.
  Value slot(String name) {
    slots.put(name, new Slot(Shape.SCALAR, 0));
    return graph.parameter(name, Shape.SCALAR);
  }

  /// Sets what a parameter or slot holds after the step.
  public void assign(Value parameterOrSlot, Value next) {
    graph.update(name(parameterOrSlot), next);
  }

  /// The slots asked for, by name.
  Map<String, Slot> slots() {
    return slots;
  }

  /// The scalars asked for, by input name.
  Map<String, StepScalar> scalars() {
    return scalars;
  }

  private static String name(Value parameter) {
    if (parameter.op() instanceof Parameter(var name, _)) {
      return name;
    }
    throw new IllegalArgumentException(
        "expected a parameter or a slot, found " + parameter + ", which another operation computes");
  }
}
