package org.burin.train;

import org.burin.tensor.Tensor;

/// A number that judges predictions, computed on the host in double.
///
/// A [Mean] is taken over the samples one by one, in training as the epoch goes on and in validation; a [Whole] looks
/// at all predictions of a validation or test set at once. Neither heeds the sample weights unless it is [#weighted].
/// Definitions are those of Keras 3 (`keras.metrics`).
public sealed interface Metric {
  /// The name in the history; `val_NAME` for the validation data.
  String name();

  /// This metric with every sample counted by its weight; its name gets the prefix `weighted_`.
  Metric weighted();

  /// Whether samples count by their weight.
  boolean isWeighted();

  /// The value for one sample, `[k]` numbers of the prediction's last axis and the target numbers that belong to them.
  @FunctionalInterface
  interface SampleFunction {
    /// The value for one sample.
    ///
    /// @param prediction the predictions of the batch
    /// @param at where those of the sample start
    /// @param size how many they are
    /// @param target the targets of the batch
    /// @param targetAt where those of the sample start
    /// @param targetSize how many they are
    double of(float[] prediction, int at, int size, float[] target, int targetAt, int targetSize);
  }

  /// The value for a whole set of samples.
  @FunctionalInterface
  interface SetFunction {
    /// The value for a whole set of samples.
    ///
    /// @param prediction `[n, ...]`
    /// @param target `[n, ...]`
    /// @param weight `[n]`, all 1 where samples do not count by weight
    double of(Tensor prediction, Tensor target, Tensor weight);
  }

  /// A mean over samples.
  ///
  /// @param name the name in the history
  /// @param function the value for one sample
  /// @param isWeighted whether samples count by their weight
  record Mean(String name, SampleFunction function, boolean isWeighted) implements Metric {
    @Override
    public Mean weighted() {
      return isWeighted ? this : new Mean("weighted_" + name, function, true);
    }
  }

  /// A function of all predictions; not computed on the training data, whose predictions change as the epoch goes on.
  ///
  /// @param name the name in the history
  /// @param function the value for the set
  /// @param isWeighted whether samples count by their weight
  record Whole(String name, SetFunction function, boolean isWeighted) implements Metric {
    @Override
    public Whole weighted() {
      return isWeighted ? this : new Whole("weighted_" + name, function, true);
    }
  }

  /// The mean of a function of one sample.
  static Mean mean(String name, SampleFunction function) {
    return new Mean(name, function, false);
  }

  /// A function of all samples.
  static Whole whole(String name, SetFunction function) {
    return new Whole(name, function, false);
  }

  /// `accuracy`: [#binaryAccuracy] at 0.5 for predictions of one number, otherwise the part of samples whose largest
  /// prediction (the first of several) is that of the target, a class index or a one-hot vector.
  static Mean accuracy() {
    return mean("accuracy", Metrics::accuracy);
  }

  /// `binary_accuracy`: the part of predictions that are above the threshold just where the target is 1.
  ///
  /// @param threshold 0.5 for probabilities, 0 for logits
  static Mean binaryAccuracy(double threshold) {
    return mean("binary_accuracy", (p, at, size, t, tAt, tSize) ->
        Metrics.binaryAccuracy(p, at, size, t, tAt, tSize, threshold));
  }

  /// `top_K_accuracy`: the part of samples where fewer than k predictions are larger than that of the target class.
  static Mean topK(int k) {
    Ranges.atLeast(1, "top-k accuracy", "k", k);
    return mean("top_" + k + "_accuracy", (p, at, size, t, tAt, tSize) ->
        Metrics.rank(p, at, size, Metrics.label(t, tAt, tSize)) < k ? 1 : 0);
  }

  /// `mse`: the mean squared error.
  static Mean meanSquaredError() {
    return mean("mse", Metrics::meanSquaredError);
  }

  /// `mae`: the mean absolute error.
  static Mean meanAbsoluteError() {
    return mean("mae", Metrics::meanAbsoluteError);
  }

  /// `auc`: the area under the ROC curve of predictions of one number and targets 0 and 1: the probability that a
  /// random positive sample has a larger prediction than a random negative one, ties counting one half. Exact, by
  /// sorting (Mann and Whitney, "On a test of whether one of two random variables is stochastically larger than the
  /// other", Annals of Mathematical Statistics 18, 1947). Of predictions of two numbers, the second is taken. NaN where
  /// there is no positive or no negative sample.
  static Whole auc() {
    return whole("auc", RocAuc::binary);
  }

  /// `auc_C`: [#auc] of one class against the others, for predictions `[n,classes]` and class indices or one-hot
  /// targets.
  static Whole auc(int classIndex) {
    Ranges.atLeast(0, "AUC", "class", classIndex);
    return whole("auc_" + classIndex, (p, t, w) -> RocAuc.ofClass(p, t, w, classIndex));
  }

  /// `auc_macro`: the mean over the classes of their [#auc(int)].
  static Whole macroAuc() {
    return whole("auc_macro", (p, t, w) -> RocAuc.mean(p, t, w, false));
  }

  /// `auc_by_support`: the mean over the classes of their [#auc(int)], each counted by its number (or weight) of
  /// samples.
  static Whole supportWeightedAuc() {
    return whole("auc_by_support", (p, t, w) -> RocAuc.mean(p, t, w, true));
  }
}
