package org.burin.workloads.econ.task;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.burin.data.Column.Role;
import org.burin.data.DataException;
import org.burin.data.Dataset;
import org.burin.importers.Keras;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.tensor.Tensor;
import org.burin.train.Quantization;
import org.burin.train.Quantization.Uniform;
import org.burin.train.Trainer;
import org.burin.train.Workload;
import org.burin.workloads.econ.Arrangement;
import org.burin.workloads.econ.Autoencoder;
import org.burin.workloads.econ.EncoderLoss;
import org.burin.workloads.econ.EncoderTraining;
import org.burin.workloads.econ.EncoderTypes;
import org.burin.workloads.econ.Evaluation;
import org.burin.workloads.econ.EventGenerator;
import org.burin.workloads.econ.EventGenerator.Settings;
import org.burin.workloads.econ.Events;
import org.burin.workloads.econ.EventsCsv;
import org.burin.workloads.econ.Hgcal;
import org.burin.workloads.emd.EmdNetwork;

/// Compression of calorimeter data: `burin train econ`.
///
/// Without a file the modules are generated. Of a file of at least [#LEAST_TO_TRAIN] modules, one fifth is tested on and one
/// fifth of the rest validated with, by collision where they are known; a smaller file is only tested on.
///
/// Options: `loss` (see [EncoderLoss#parse]), `network` (the file, of Burin's or Keras' form, of another network for the loss
/// `emd` than the one that comes with Burin), `types` (see
/// [EncoderTypes#named]), `events` (`pileup` or `dense`), `start` (the file of a model in floating point to go on from).
/// `--quantize` with 3, 5, 7 or 9 bits is short for the types of the chip.
public final class EconWorkload implements Workload {
  /// The fewest modules in a file that the encoder is trained on.
  public static final int LEAST_TO_TRAIN = 1000;

  private static final int EPOCHS = 60;
  private static final String LOSS = "loss";
  private static final String NETWORK = "network";
  private static final String TYPES = "types";
  private static final String EVENTS = "events";
  private static final String START = "start";
  private static final List<String> OPTIONS = List.of(LOSS, NETWORK, TYPES, EVENTS, START);

  private final int modules;
  private final Map<String, String> options;

  /// The workload in its full size: 8,000 generated modules to train, 2,000 each to validate and to test; telescope loss, in
  /// floating point.
  public EconWorkload() {
    this(2000, Map.of());
  }

  /// @param modules how many modules are generated to test; as many to validate, four times as many to train
  /// @param options those that were set
  EconWorkload(int modules, Map<String, String> options) {
    this.modules = modules;
    this.options = options;
  }

  @Override
  public String name() {
    return "econ";
  }

  @Override
  public String description() {
    return "compression of calorimeter data: 48 trigger cells, 16 latents, encoder 8x8_c8_S2";
  }

  @Override
  public EconWorkload with(String option, String value) {
    if (!OPTIONS.contains(option)) {
      throw new IllegalArgumentException("workload 'econ' has no option '" + option + "'; its options are "
          + String.join(", ", OPTIONS));
    }
    Map<String, String> more = new TreeMap<>(options);
    more.put(option, value);
    EconWorkload other = new EconWorkload(modules, more);
    other.types();
    other.settings();
    if (option.equals(LOSS)) {
      EncoderLoss.check(value);
    }
    return other;
  }

  @Override
  public EconWorkload quantized(Quantization quantization) {
    if (quantization instanceof Uniform(var bits) && bits % 2 == 1 && bits <= 9) {
      return with(TYPES, "asic-" + bits);
    }
    throw new IllegalArgumentException("workload 'econ' has latents of 3, 5, 7 or 9 bits, the quantization is '"
        + quantization + "'; for the other quantized model set types=qkeras");
  }

  private EncoderTypes types() {
    return EncoderTypes.named(options.getOrDefault(TYPES, "float"));
  }

  private Settings settings() {
    return switch (options.getOrDefault(EVENTS, "pileup")) {
      case "pileup" -> Settings.PILEUP;
      case "dense" -> Settings.DENSE;
      default -> throw new IllegalArgumentException("the events are '" + options.get(EVENTS)
          + "'; expected pileup or dense");
    };
  }

  @Override
  public Data data(Optional<Path> file, long seed) {
    Optional<Events> events = file.map(EventsCsv::read);
    if (events.isPresent() && events.get().size() >= LEAST_TO_TRAIN) {
      Events.Split outer = events.get().split(0.2, seed);
      Events.Split inner = outer.train().split(0.2, seed);
      return data(inner.train(), inner.validation(), outer.validation());
    }
    EventGenerator generator = new EventGenerator(seed, settings());
    return data(generator.events(0, 4 * modules), generator.events(4L * modules, modules),
        events.orElseGet(() -> generator.events(5L * modules, modules)));
  }

  private static Data data(Events train, Events validation, Events test) {
    return new Data(Autoencoder.dataset(train), Autoencoder.dataset(validation), Autoencoder.dataset(test));
  }

  @Override
  public Model model(Data data, long seed) {
    if (!options.containsKey(START)) {
      return Autoencoder.create(types(), seed).model();
    }
    Autoencoder start = Autoencoder.of(EncoderTypes.FLOAT, file(START));
    start.rescaleLatents(images(data.train()), EncoderTraining.QUANTILE, EncoderTraining.LATENT_TOP);
    return start.withTypes(types()).model();
  }

  /// @throws DataException when the file that an option names cannot be read
  private Model file(String option) {
    Path file = Path.of(Objects.requireNonNull(options.get(option)));
    try {
      return file.toString().endsWith(".h5") ? Keras.read(file) : ModelFile.read(file);
    } catch (IOException e) {
      throw new DataException("option '" + option + "': " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private Model network() {
    if (!options.containsKey(NETWORK)) {
      return EmdNetwork.shipped();
    }
    Model network = file(NETWORK);
    // `burin train emd` writes the model that was trained, which gives gradients too.
    return network.inference().outputs().size() > 1 ? EmdNetwork.deployed(network) : network;
  }

  @Override
  public void configure(Trainer trainer, Data data) {
    EncoderTraining.of(EncoderLoss.parse(options.getOrDefault(LOSS, "telescope"), this::network), types(), 0)
        .configured(trainer, data.train().size(), EPOCHS)
        .withEpochs(EPOCHS);
  }

  /// The loss, and the numbers of [Evaluation] that do not depend on the scale of the charges.
  @Override
  public Map<String, Double> report(Trainer trainer, Data data) {
    Map<String, Double> report = new LinkedHashMap<>(trainer.evaluate(data.test()));
    Events before = cells(images(data.test()));
    Events after = cells(trainer.model().predict(images(data.test())));
    Evaluation.of(name(), Double.NaN, before, after.charges(), Runtime.getRuntime().availableProcessors())
        .numbers().forEach((key, value) -> {
          if (key.matches("emd_.*|mean_shift|rms_change|correlation")) {
            report.put(key, value);
          }
        });
    return report;
  }

  /// `encoder` and `decoder`; the former can be lowered to fixed point if it is quantized.
  @Override
  public Map<String, Model> parts(Model trained) {
    Autoencoder autoencoder = Autoencoder.of(types(), trained);
    Map<String, Model> parts = new LinkedHashMap<>();
    parts.put("encoder", autoencoder.encoder());
    parts.put("decoder", autoencoder.decoder());
    return parts;
  }

  private static Tensor images(Dataset data) {
    return data.tensor(Role.INPUT, "x");
  }

  private static Events cells(Tensor images) {
    int n = images.shape().dim(0);
    float[] charges = new float[n * Hgcal.CELLS];
    for (int i = 0; i < n; i++) {
      Arrangement.SQUARE_8X8.read(images.data(), i * Arrangement.SQUARE_8X8.pixels(), charges, i * Hgcal.CELLS);
    }
    return new Events(charges);
  }
}
