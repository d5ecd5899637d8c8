package org.burin.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.burin.data.Column;
import org.burin.data.Column.Role;
import org.burin.data.Dataset;
import org.burin.ir.Graph;
import org.burin.ir.Op.Input;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.tensor.Tensor;
import org.burin.train.Settings.WeightedLoss;

/// Which column of a dataset is which input of the graphs.
///
/// Columns go by name; where the dataset has one input and the model one, or the dataset one target and the losses one
/// output, the names may differ. Columns that nothing asks for are read but not used.
///
/// @param columns the columns of the dataset
/// @param inputs for each column the graph input that it fills, or an empty text
/// @param terms the losses
record Feed(List<Column> columns, List<String> inputs, List<LossTerm> terms) {
  /// Matches a dataset with a model.
  ///
  /// @throws TrainingException when an input, target or loss is missing, or an input has another shape
  static Feed of(Graph model, Map<String, WeightedLoss> losses, Dataset data) {
    List<Column> columns = data.columns();
    String[] inputs = new String[columns.size()];
    Arrays.fill(inputs, "");
    List<Value> wanted = model.inputs().stream()
        .filter(v -> v.op() instanceof Input i && !i.name().equals(Net.RANDOM_KEY))
        .toList();
    for (Value v : wanted) {
      Column c = match(columns, Role.INPUT, ((Input) v.op()).name(), wanted.size(), "model input");
      if (!c.batchShape().equals(v.shape())) {
        throw new TrainingException("model '" + model.name() + "' has the input '" + ((Input) v.op()).name()
            + "' of shape " + v.shape() + ", the dataset's column " + c + " gives " + c.batchShape()
            + "; choose other columns, reshape them, or build the model for this shape");
      }
      inputs[columns.indexOf(c)] = ((Input) v.op()).name();
    }
    List<LossTerm> terms = terms(model, losses, columns);
    for (LossTerm term : terms) {
      inputs[columns.indexOf(term.target())] = LossTerm.inputName(term.target());
      term.sampleWeights().forEach(w -> inputs[columns.indexOf(w)] = LossTerm.inputName(w));
    }
    return new Feed(columns, List.of(inputs), terms);
  }

  private static List<LossTerm> terms(Graph model, Map<String, WeightedLoss> losses, List<Column> columns) {
    List<String> outputs = model.outputs().keySet().stream().filter(o -> !o.equals(Net.PENALTY)).toList();
    for (String output : losses.keySet()) {
      if (!output.equals(Settings.EVERY_OUTPUT) && !outputs.contains(output)) {
        throw new TrainingException("there is a loss for output '" + output + "', which model '" + model.name()
            + "' does not have; its outputs are " + outputs);
      }
    }
    WeightedLoss every = losses.get(Settings.EVERY_OUTPUT);
    Map<String, WeightedLoss> judged = new LinkedHashMap<>();
    for (String output : outputs) {
      WeightedLoss own = losses.get(output);
      WeightedLoss loss = own == null ? every : own;
      if (loss != null) {
        judged.put(output, loss);
      }
    }
    if (judged.isEmpty()) {
      throw new TrainingException("no loss is given for model '" + model.name() + "' with the outputs " + outputs
          + "; give one, such as withLoss(Loss.meanSquaredError())");
    }
    List<LossTerm> terms = new ArrayList<>();
    judged.forEach((output, loss) -> {
      Column target = match(columns, Role.TARGET, output, judged.size(), "target of output");
      List<Column> weights = columns.stream()
          .filter(c -> c.role() == Role.WEIGHT
              && (c.name().equals(Column.EVERY_TARGET) || c.name().equals(target.name())))
          .toList();
      terms.add(new LossTerm(output, loss.loss(), loss.weight(), target, weights));
    });
    return terms;
  }

  private static Column match(List<Column> columns, Role role, String name, int wanted, String what) {
    List<Column> candidates = columns.stream().filter(c -> c.role() == role).toList();
    for (Column c : candidates) {
      if (c.name().equals(name)) {
        return c;
      }
    }
    if (candidates.size() == 1 && wanted == 1) {
      return candidates.getFirst();
    }
    throw new TrainingException("the dataset has no column for the " + what + " '" + name + "'; it has "
        + columns.stream().map(Column::toString).collect(Collectors.joining(", "))
        + "; name the columns after the model's inputs and outputs");
  }

  /// For each column the array that a batch of it is read into: that of the graph's input, or a spare one.
  float[][] arrays(Function<String, Tensor> input, int batchSize) {
    float[][] arrays = new float[columns.size()][];
    for (int c = 0; c < arrays.length; c++) {
      arrays[c] = inputs.get(c).isEmpty()
          ? new float[columns.get(c).shape().size() * batchSize]
          : input.apply(inputs.get(c)).data();
    }
    return arrays;
  }
}
