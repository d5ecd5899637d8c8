package org.burin.train;

import java.util.List;
import org.burin.exec.Plan;
import org.burin.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// A compiled step or evaluation for batches of one size, with the tensors that are looked at after each run.
final class BatchPlan {
  final int samples;
  final Plan plan;
  /// What the dataset's columns are read into.
  final float[][] columns;
  /// The outputs of the model that have a loss.
  final Tensor[] predictions;
  /// What they are compared with.
  final Tensor[] targets;
  /// The factors of each sample's loss, several for a term.
  final float[][][] weights;
  /// The mean loss of each output.
  final Tensor[] losses;
  /// The loss of the batch.
  final Tensor loss;
  /// The model's EBOPs, where the step measures them.
  final @Nullable Tensor ebops;
  private final List<LossTerm> terms;

  BatchPlan(Plan plan, int samples, Feed feed, boolean measuresEbops) {
    this.samples = samples;
    this.plan = plan;
    this.columns = feed.arrays(plan::input, samples);
    this.terms = feed.terms();
    int n = terms.size();
    predictions = new Tensor[n];
    targets = new Tensor[n];
    losses = new Tensor[n];
    weights = new float[n][][];
    for (int i = 0; i < n; i++) {
      LossTerm term = terms.get(i);
      predictions[i] = plan.output(term.output());
      targets[i] = plan.input(LossTerm.inputName(term.target()));
      losses[i] = plan.output(StepGraph.lossOf(term.output()));
      weights[i] = term.sampleWeights().stream()
          .map(w -> plan.input(LossTerm.inputName(w)).data())
          .toArray(float[][]::new);
    }
    loss = plan.output(StepGraph.LOSS);
    ebops = measuresEbops ? plan.output(Budget.EBOPS) : null;
  }

  /// Takes over a batch that was read into the arrays of a plan for larger batches.
  void copyFrom(BatchPlan larger) {
    for (int c = 0; c < columns.length; c++) {
      System.arraycopy(larger.columns[c], 0, columns[c], 0, columns[c].length);
    }
  }

  /// Refuses targets that a loss cannot judge.
  ///
  /// @throws TrainingException naming output and column
  void checkTargets() {
    for (int i = 0; i < targets.length; i++) {
      terms.get(i).check(predictions[i].shape(), targets[i].data(), samples);
    }
  }
}
