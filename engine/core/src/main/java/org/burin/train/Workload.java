package org.burin.train;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.burin.data.Dataset;
import org.burin.nn.Model;

/// A task that `burin train NAME` knows: its data, its model, how it is trained and what is reported.
///
/// Found by [java.util.ServiceLoader]; an implementation has a public constructor without arguments.
public interface Workload {
  /// The name on the command line, such as `jets`.
  String name();

  /// What it is, in one line.
  String description();

  /// The data, generated from the seed or read from the user's file.
  ///
  /// @param file the user's data, or empty for generated data
  /// @throws org.burin.data.DataException when the file cannot be used
  Data data(Optional<Path> file, long seed);

  /// A new, untrained model for these data.
  Model model(Data data, long seed);

  /// The workload with a model that is quantized: another model, perhaps trained otherwise and with more to report.
  ///
  /// @throws IllegalArgumentException when it has no such form
  default Workload quantized(Quantization quantization) {
    throw new IllegalArgumentException("workload '" + name() + "' has no quantized model; leave the quantization '"
        + quantization + "' out");
  }

  /// The workload with an option of its own set: what `burin train --set OPTION=VALUE` asks for.
  ///
  /// @throws IllegalArgumentException when it has no such option or the value makes no sense, with those that do
  default Workload with(String option, String value) {
    throw new IllegalArgumentException("workload '" + name() + "' has no options, found '" + option + "'");
  }

  /// Sets losses, metrics, optimizer, schedule, batch size and epochs; what the user asked for is set afterwards.
  void configure(Trainer trainer, Data data);

  /// What to report of the trained model, such as accuracy and AUC, in this order.
  default Map<String, Double> report(Trainer trainer, Data data) {
    return trainer.evaluate(data.test());
  }

  /// Models within a trained model that are of use on their own, such as the encoder of an autoencoder: `burin train`
  /// writes each into a file of its name.
  default Map<String, Model> parts(Model trained) {
    return Map.of();
  }

  /// The data of a workload.
  ///
  /// @param train to fit
  /// @param validation to watch while training
  /// @param test to report on
  record Data(Dataset train, Dataset validation, Dataset test) {}
}
