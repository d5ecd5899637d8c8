package org.burin.train;

import java.util.List;
import org.burin.data.Column;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.Shape;

/// The loss of one output of the model.
///
/// @param output the output's name
/// @param loss what is made small
/// @param weight the factor in the sum of all losses
/// @param target the column that the output is compared with
/// @param sampleWeights the columns whose product weights each sample; may be empty
record LossTerm(String output, Loss loss, double weight, Column target, List<Column> sampleWeights) {
  LossTerm {
    sampleWeights = List.copyOf(sampleWeights);
  }

  /// The input of the step and evaluation graphs that holds a column.
  static String inputName(Column column) {
    return switch (column.role()) {
      case INPUT -> column.name();
      case TARGET -> "target/" + column.name();
      case WEIGHT -> "weight/" + column.name();
    };
  }

  /// Adds the weighted loss of every sample, `[n]`.
  ///
  /// @throws TrainingException when the loss does not fit the output and the target
  Value perSample(GraphBuilder b, Value prediction) {
    int n = prediction.shape().rank() == 0 ? 1 : prediction.shape().dim(0);
    Value x = b.input(inputName(target), target.batchShape(n));
    Value samples;
    try {
      samples = b.scope("loss/" + output, () -> loss.perSample(b, prediction, x));
    } catch (IllegalArgumentException e) {
      throw new TrainingException("output '" + output + "' and " + target + " of the dataset: " + e.getMessage(), e);
    }
    if (samples.shape().rank() == 0 || samples.shape().dim(0) != n) {
      throw new TrainingException("the loss of output '" + output + "' has shape " + samples.shape()
          + "; expected one number for each of the " + n + " samples of a batch, [" + n
          + "]; leave the mean over the batch to the trainer");
    }
    return b.scope("loss/" + output, () -> {
      Value mean = samples.shape().rank() == 1
          ? samples
          : b.mean(b.reshape(samples, Shape.of(n, samples.shape().size() / n)), 1);
      for (Column w : sampleWeights) {
        mean = b.mul(mean, b.input(inputName(w), w.batchShape(n)));
      }
      return mean;
    });
  }

  /// Refuses targets that the loss cannot judge.
  ///
  /// @param prediction the shape of the output, bound
  /// @param targets the targets of a batch
  /// @param samples how many samples it has
  /// @throws TrainingException naming output and column
  void check(Shape prediction, float[] targets, int samples) {
    String problem = loss.problem(prediction, targets, samples * target.shape().size());
    if (!problem.isEmpty()) {
      throw new TrainingException(target + " of the dataset, for output '" + output + "': " + problem
          + "; correct the data or the model's last layer");
    }
  }
}
