package org.burin.train;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.Shape;

/// What training makes small: a function on the graph from a prediction and its target to one number per sample.
///
/// Any lambda will do; it sees bound shapes, `[n, ...]` for a batch of n samples. The trainer multiplies the numbers by
/// the sample weights and takes the mean over the batch. The losses here are those of Keras 3 (`keras.losses`): where a
/// prediction has more axes than one, the formula holds along the last and the mean is taken over the others. `eps` is
/// 1e-7.
@FunctionalInterface
public interface Loss {
  /// Adds the loss to the graph.
  ///
  /// @param prediction the model's output, `[n, ...]`
  /// @param target what the dataset holds for that output, `[n, ...]`
  /// @return `[n]`, or `[n, ...]`, of which the trainer takes the mean per sample
  /// @throws IllegalArgumentException when the shapes do not fit together
  Value perSample(GraphBuilder b, Value prediction, Value target);

  /// How the configuration in a checkpoint names this loss.
  default String describe() {
    return "custom";
  }

  /// What is wrong with the targets of a batch, or an empty text.
  ///
  /// @param prediction the shape of the prediction
  /// @param targets the target numbers of the batch
  /// @param count how many of them there are
  default String problem(Shape prediction, float[] targets, int count) {
    return "";
  }

  /// `mean (p - t)^2`.
  static Loss meanSquaredError() {
    return new Losses.Standard("mse", Losses::meanSquaredError);
  }

  /// `mean |p - t|`.
  static Loss meanAbsoluteError() {
    return new Losses.Standard("mae", Losses::meanAbsoluteError);
  }

  /// `100 mean |p - t| / max(|t|, eps)`.
  static Loss meanAbsolutePercentageError() {
    return new Losses.Standard("mape", Losses::meanAbsolutePercentageError);
  }

  /// `mean (log(1 + max(p, eps)) - log(1 + max(t, eps)))^2`.
  static Loss meanSquaredLogarithmicError() {
    return new Losses.Standard("msle", Losses::meanSquaredLogarithmicError);
  }

  /// The mean of `e^2 / 2` where `|e| <= delta`, of `delta |e| - delta^2 / 2` elsewhere, with `e = p - t` (Huber,
  /// "Robust estimation of a location parameter", Annals of Mathematical Statistics 35, 1964).
  ///
  /// @throws IllegalArgumentException when delta is not positive
  static Loss huber(double delta) {
    if (!(delta > 0)) {
      throw new IllegalArgumentException("the delta of the Huber loss is " + delta + "; expected a positive number");
    }
    return new Losses.Standard("huber(" + delta + ")", (b, p, t) -> Losses.huber(b, p, t, (float) delta));
  }

  /// `mean -(t log p + (1 - t) log(1 - p))` of probabilities p, brought into `[eps, 1 - eps]`.
  static Loss binaryCrossentropy() {
    return new Losses.Standard("binary_crossentropy", Losses::binaryCrossentropy);
  }

  /// The same of the sigmoid of p, computed from p itself: `mean log(1 + e^p) - t p`, without overflow.
  static Loss binaryCrossentropyFromLogits() {
    return new Losses.Standard("binary_crossentropy_from_logits", Losses::binaryCrossentropyFromLogits);
  }

  /// `-sum t log p` of probabilities p, which are divided by their sum and brought into `[eps, 1 - eps]`.
  static Loss categoricalCrossentropy() {
    return new Losses.Standard("categorical_crossentropy", Losses::categoricalCrossentropy);
  }

  /// The same of the softmax of p, computed from p itself through its log-softmax.
  static Loss categoricalCrossentropyFromLogits() {
    return new Losses.Standard("categorical_crossentropy_from_logits", Losses::categoricalCrossentropyFromLogits);
  }

  /// [#categoricalCrossentropy] whose target is a class index, `[n]` (or `[n,1]`), for predictions `[n,classes]`.
  static Loss sparseCategoricalCrossentropy() {
    return new Losses.Sparse("sparse_categorical_crossentropy", Losses::categoricalCrossentropy);
  }

  /// [#categoricalCrossentropyFromLogits] whose target is a class index, `[n]` (or `[n,1]`), for predictions
  /// `[n,classes]`.
  static Loss sparseCategoricalCrossentropyFromLogits() {
    return new Losses.Sparse("sparse_categorical_crossentropy_from_logits", Losses::categoricalCrossentropyFromLogits);
  }

  /// The Kullback-Leibler divergence `sum t log(t / p)`, with p and t brought into `[eps, 1]`.
  static Loss kullbackLeiblerDivergence() {
    return new Losses.Standard("kl_divergence", Losses::kullbackLeiblerDivergence);
  }
}
