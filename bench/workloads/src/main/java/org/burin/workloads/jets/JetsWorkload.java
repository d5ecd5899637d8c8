package org.burin.workloads.jets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.burin.data.Dataset;
import org.burin.data.Dataset.Split;
import org.burin.nn.Model;
import org.burin.quant.Footprint;
import org.burin.tensor.FloatMath;
import org.burin.tensor.Tensor;
import org.burin.train.EbopsControl;
import org.burin.train.Loss;
import org.burin.train.Metric;
import org.burin.train.Metric.Whole;
import org.burin.train.Optimizer;
import org.burin.train.Quantization;
import org.burin.train.Quantization.Learned;
import org.burin.train.Quantization.Uniform;
import org.burin.train.Schedule;
import org.burin.train.Trainer;
import org.burin.train.Workload;

/// Jet classification: `burin train jets`, in floating point or [#quantized].
///
/// Without a file the jets are generated. A file of at least [#LEAST_TO_TRAIN] jets is parted as in the reference: one
/// fifth to test, one quarter of the rest to validate. A smaller file is only tested on, and the training jets are
/// generated.
public final class JetsWorkload implements Workload {
  /// The fewest jets in a file that the network is trained on.
  public static final int LEAST_TO_TRAIN = 10_000;

  private static final int BATCH = 1024;
  private static final int EPOCHS = 20;
  private static final double RATE = 0.003;
  private static final double LAST_RATE = 0.01;

  /// Learned bits take longer: while they sink, the weights have to follow.
  private static final int LEARNED_EPOCHS = 100;

  private static final int CYCLES = 10;
  private static final double LEARNED_LAST_RATE = 0.05;
  private static final double TARGET_EBOPS = 2500;

  private final int training;
  private final int held;
  private final Optional<Quantization> quantization;

  /// The workload in its full size: 300,000 generated jets to train, 100,000 each to validate and to test.
  public JetsWorkload() {
    this(300_000, 100_000, Optional.empty());
  }

  /// @param training how many jets are generated to train
  /// @param held how many each to validate and to test
  /// @param quantization how the model is quantized, if it is
  JetsWorkload(int training, int held, Optional<Quantization> quantization) {
    this.training = training;
    this.held = held;
    this.quantization = quantization;
  }

  /// The workload with the types of [JetsModel.Types]. With learned bits, the EBOPs are brought down to the target from
  /// many times that in one training, which leaves the Pareto front of validation accuracy and EBOPs.
  @Override
  public JetsWorkload quantized(Quantization newQuantization) {
    return new JetsWorkload(training, held, Optional.of(newQuantization));
  }

  @Override
  public String name() {
    return "jets";
  }

  @Override
  public String description() {
    return "jet classification: 16 features, 5 classes, 16-64-32-32-5 network";
  }

  @Override
  public Data data(Optional<Path> file, long seed) {
    Optional<Dataset> jets = file.map(JetsCsv::read);
    if (jets.isPresent() && jets.get().size() >= LEAST_TO_TRAIN) {
      Split outer = jets.get().split(0.2, seed);
      Split inner = outer.train().split(0.25, seed);
      return new Data(inner.train(), inner.validation(), outer.validation());
    }
    JetsGenerator generator = new JetsGenerator(seed);
    return new Data(generator.dataset(0, training), generator.dataset(training, held),
        jets.orElseGet(() -> generator.dataset((long) training + held, held)));
  }

  @Override
  public Model model(Data data, long seed) {
    JetsModel.Types types = switch (quantization.orElse(null)) {
      case null -> JetsModel.Types.FLOAT;
      case Uniform(var bits) -> JetsModel.Types.uniform(bits);
      case Learned _ -> JetsModel.Types.learned();
    };
    return new JetsModel(false, 0f, types).build(seed);
  }

  @Override
  public void configure(Trainer trainer, Data data) {
    long steps = EPOCHS * Math.ceilDiv(data.train().size(), BATCH);
    trainer.withLoss(Loss.sparseCategoricalCrossentropyFromLogits())
        .withMetrics(Metric.accuracy())
        .withOptimizer(Optimizer.adam())
        .withSchedule(Schedule.cosine(RATE, LAST_RATE, steps))
        .withBatchSize(BATCH)
        .withEpochs(EPOCHS)
        .withValidation(data.validation());
    quantization.ifPresent(q -> configure(trainer, q, Math.ceilDiv(data.train().size(), BATCH)));
  }

  private static void configure(Trainer trainer, Quantization quantization, long stepsPerEpoch) {
    switch (quantization) {
      case Uniform _ -> trainer.withEbops(EbopsControl.measureOnly());
      case Learned(var target) -> {
        long cycle = stepsPerEpoch * LEARNED_EPOCHS / CYCLES;
        // The end of each cycle, with its low rates, gives models that are good for their size.
        double time = cycle * CYCLES * (1 + LEARNED_LAST_RATE) / 2;
        trainer.withEpochs(LEARNED_EPOCHS)
            .withSchedule(Schedule.cosineRestarts(RATE, LEARNED_LAST_RATE, cycle, 1, 1))
            .withEbops(EbopsControl.target(target.orElse(TARGET_EBOPS)).withApproach(0.8 * time))
            .withParetoFront("val_accuracy", true);
      }
    }
  }

  /// Loss, accuracy, the AUC of the class probabilities of each class against the others, and before those their mean
  /// weighted with the class frequencies. Of a quantized model also what it costs: EBOPs, the mean bits of a weight,
  /// and the part of the weights that is 0.
  @Override
  public Map<String, Double> report(Trainer trainer, Data data) {
    Map<String, Double> report = new LinkedHashMap<>(evaluate(trainer.model(), data.test()));
    if (quantization.isPresent()) {
      Footprint footprint = Footprint.of(trainer.model());
      report.put("ebops", footprint.ebops());
      report.put("weight_bits", footprint.weightBits());
      report.put("sparsity", footprint.sparsity());
    }
    return report;
  }

  /// What [#report] says, of any model and any jets.
  ///
  /// @param model gives logits `[N,5]`
  public static Map<String, Double> evaluate(Model model, Dataset jets) {
    List<Metric> metrics = new ArrayList<>(List.of(Metric.accuracy()));
    metrics.add(ofSoftmax("auc", Metric.supportWeightedAuc()));
    for (int c = 0; c < Jets.CLASSES.size(); c++) {
      metrics.add(ofSoftmax("auc_" + Jets.CLASSES.get(c), Metric.auc(c)));
    }
    return Trainer.of(model)
        .withLoss(Loss.sparseCategoricalCrossentropyFromLogits())
        .withMetrics(metrics.toArray(Metric[]::new))
        .withBatchSize(BATCH)
        .evaluate(jets);
  }

  private static Metric ofSoftmax(String name, Whole metric) {
    return Metric.whole(name, (logits, target, weight) -> metric.function().of(softmax(logits), target, weight));
  }

  /// The class probabilities `[n,classes]` of logits.
  private static Tensor softmax(Tensor logits) {
    int classes = logits.shape().dim(-1);
    float[] p = logits.data().clone();
    for (int row = 0; row < p.length; row += classes) {
      float max = Float.NEGATIVE_INFINITY;
      for (int i = row; i < row + classes; i++) {
        max = Math.max(max, p[i]);
      }
      float sum = 0;
      for (int i = row; i < row + classes; i++) {
        p[i] = FloatMath.exp(p[i] - max);
        sum += p[i];
      }
      for (int i = row; i < row + classes; i++) {
        p[i] /= sum;
      }
    }
    return Tensor.of(logits.shape(), p);
  }
}
