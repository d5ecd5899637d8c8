package org.burin.cli;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.burin.nn.Model;
import org.burin.train.Quantization;
import org.burin.train.Workload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// What somebody asked `burin train` for. It is noted in the model's metadata, so that the training can be resumed and the
/// model evaluated without asking again. What is null was not asked for.
///
/// @param workload the name of the workload
/// @param data the file of the data, as it was written on the command line
/// @param seed the seed of data, initial weights and order
/// @param epochs the number of epochs
/// @param batch the number of samples in a batch
/// @param quantize how the model is quantized, as it was written on the command line
/// @param targetEbops the EBOPs to end with
/// @param settings options of the workload; none if it was not asked for any
record TrainingRequest(
    @Nullable String workload,
    @Nullable String data,
    @Nullable Long seed,
    @Nullable Integer epochs,
    @Nullable Integer batch,
    @Nullable String quantize,
    @Nullable Double targetEbops,
    Map<String, String> settings) {
  /// Copies the options, in the order of their names.
  TrainingRequest {
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /// The seed of those who do not ask for one.
  static final long DEFAULT_SEED = 1;

  private static final String WORKLOAD = "train.workload";
  private static final String DATA = "train.data";
  private static final String SEED = "train.seed";
  private static final String EPOCHS = "train.epochs";
  private static final String BATCH = "train.batch";
  private static final String QUANTIZE = "train.quantize";
  private static final String TARGET_EBOPS = "train.target-ebops";
  private static final String SETTING = "train.set.";

  /// What the model's metadata say.
  static TrainingRequest of(Model model) {
    Map<String, String> notes = model.metadata();
    String seed = notes.get(SEED);
    String epochs = notes.get(EPOCHS);
    String target = notes.get(TARGET_EBOPS);
    String batch = notes.get(BATCH);
    Map<String, String> settings = new TreeMap<>();
    notes.forEach((key, value) -> {
      if (key.startsWith(SETTING)) {
        settings.put(key.substring(SETTING.length()), value);
      }
    });
    return new TrainingRequest(
        notes.get(WORKLOAD),
        notes.get(DATA),
        seed == null ? null : Long.valueOf(seed),
        epochs == null ? null : Integer.valueOf(epochs),
        batch == null ? null : Integer.valueOf(batch),
        notes.get(QUANTIZE),
        target == null ? null : Double.valueOf(target),
        settings);
  }

  /// This request, completed by an earlier one.
  TrainingRequest orElse(TrainingRequest earlier) {
    return new TrainingRequest(
        workload != null ? workload : earlier.workload,
        data != null ? data : earlier.data,
        seed != null ? seed : earlier.seed,
        epochs != null ? epochs : earlier.epochs,
        batch != null ? batch : earlier.batch,
        quantize != null ? quantize : earlier.quantize,
        targetEbops != null ? targetEbops : earlier.targetEbops,
        both(earlier.settings, settings));
  }

  private static Map<String, String> both(Map<String, String> earlier, Map<String, String> later) {
    Map<String, String> all = new TreeMap<>(earlier);
    all.putAll(later);
    return all;
  }

  /// The workload as it was asked for.
  ///
  /// @throws ParameterException when there is no workload of that name, or it cannot be quantized in that way
  Workload workload(CommandSpec command) {
    Workload task = new Workloads().get(workload, command);
    OptionalDouble target = targetEbops == null ? OptionalDouble.empty() : OptionalDouble.of(targetEbops);
    if (quantize == null && target.isPresent()) {
      throw new ParameterException(command.commandLine(), "--target-ebops needs --quantize learned");
    }
    try {
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        task = task.with(setting.getKey(), setting.getValue());
      }
      return quantize == null ? task : task.quantized(Quantization.parse(quantize, target));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  /// The seed to use.
  long seedOrDefault() {
    return seed != null ? seed : DEFAULT_SEED;
  }

  /// The model with this request in its metadata.
  Model note(Model model) {
    Model noted = note(model, WORKLOAD, workload);
    noted = note(noted, DATA, data);
    noted = note(noted, SEED, seedOrDefault());
    noted = note(noted, EPOCHS, epochs);
    noted = note(noted, BATCH, batch);
    noted = note(noted, QUANTIZE, quantize);
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      noted = note(noted, SETTING + setting.getKey(), setting.getValue());
    }
    return note(noted, TARGET_EBOPS, targetEbops);
  }

  private static Model note(Model model, String key, @Nullable Object value) {
    return value == null ? model : model.withMetadata(key, value.toString());
  }
}
