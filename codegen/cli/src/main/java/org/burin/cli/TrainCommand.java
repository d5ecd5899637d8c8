package org.burin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.train.History;
import org.burin.train.Trainer;
import org.burin.train.Workload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `burin train`: trains a workload's model from the start, or goes on with a training that was stopped.
///
/// What was asked for is noted in the model's metadata, so that `--resume DIR` needs nothing else, and `burin eval` knows the
/// workload of a model.
@Command(
    name = "train",
    description = {
      "Trains the model of a workload.",
      "",
      "Writes DIR/model.burin, DIR/history.json, DIR/history.csv and DIR/checkpoint.burin. Ctrl-C ends training with a "
          + "checkpoint; --resume goes on with it, and gives the same model as if training had not been stopped. "
          + "The same seed gives the same model on every machine, for any number of threads.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  private static final String CHECKPOINT = "checkpoint.burin";
  private static final String MODEL = "model.burin";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "WORKLOAD",
      completionCandidates = Workloads.class,
      description = "One of: ${COMPLETION-CANDIDATES}. May be left out with --resume.")
  private @Nullable String workload;

  @Option(names = "--out", paramLabel = "DIR", description = "Start a training that writes to this folder.")
  private @Nullable Path out;

  @Option(names = "--resume", paramLabel = "DIR", description = "Go on with the training in this folder, with its options.")
  private @Nullable Path resume;

  @Option(names = "--data", paramLabel = "FILE", description = "The data; without it the workload generates some.")
  private @Nullable String data;

  @Option(names = "--seed", paramLabel = "N", description = "The seed of data, initial weights and order. Default: 1.")
  private @Nullable Long seed;

  @Option(names = "--epochs", paramLabel = "N", description = "How often to go through the data.")
  private @Nullable Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "The number of samples in a batch.")
  private @Nullable Integer batch;

  @Option(
      names = "--quantize",
      paramLabel = "BITS",
      description = "Train a quantized model: a number of bits, or 'learned' for bits that are trained too, which "
          + "also keeps a Pareto front in DIR/pareto.")
  private @Nullable String quantize;

  @Option(names = "--target-ebops", paramLabel = "N", description = "The size to reach with --quantize learned.")
  private @Nullable Double targetEbops;

  @Option(
      names = "--set",
      paramLabel = "OPTION=VALUE",
      description = "Set an option of the workload. May be repeated; docs/workloads.md lists the options.")
  private Map<String, String> settings = new TreeMap<>();

  @Option(names = "--threads", paramLabel = "N", description = "Default: all processors. Does not change the result.")
  private @Nullable Integer threads;

  @Option(names = "--quiet", description = "Do not show progress.")
  private boolean quiet;

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Path folder = out != null ? out : resume;
    if (folder == null || (out != null && resume != null)) {
      throw new ParameterException(spec.commandLine(), "give either --out DIR or --resume DIR");
    }
    TrainingRequest request = 
        new TrainingRequest(workload, data, seed, epochs, batch, quantize, targetEbops, settings);
    if (resume != null) {
      request = request.orElse(TrainingRequest.of(ModelFile.read(folder.resolve(CHECKPOINT))));
    }
    return train(request, folder);
  }

  private int train(TrainingRequest request, Path folder) throws IOException {
    Workload task = request.workload(spec);
    long seed = request.seedOrDefault();
    Workload.Data samples = task.data(Optional.ofNullable(request.data()).map(Path::of), seed);
    Trainer trainer = Trainer.of(request.note(task.model(samples, seed))).withValidation(samples.validation());
    task.configure(trainer, samples);
    configure(trainer.withSeed(seed).withFolder(folder), request);
    try (StopOnShutdown _ = new StopOnShutdown(trainer)) {
      History history = resume == null ? trainer.fit(samples.train()) : trainer.resume(samples.train());
      if (history.end() == History.End.STOPPED) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("burin train: stopped; go on with: burin train --resume " + folder);
        return ExitCode.OK;
      }
      Report report = new Report("train")
          .add("workload", task.name())
          .addAll(task.report(trainer, samples))
          .add("epochs", history.epochs().size())
          .add("model", folder.resolve(MODEL).toString());
      for (Map.Entry<String, Model> part : task.parts(trainer.model()).entrySet()) {
        Path file = folder.resolve(part.getKey() + ".burin");
        ModelFile.write(file, part.getValue());
        report.add(part.getKey(), file.toString());
      }
      report.print(spec.commandLine().getOut(), json);
    }
    return ExitCode.OK;
  }

  private void configure(Trainer trainer, TrainingRequest request) {
    trainer.withProgress(!quiet && Boolean.parseBoolean(System.getProperty("burin.terminal", "true")));
    try {
      trainer.withThreads(threads != null ? threads : Runtime.getRuntime().availableProcessors());
      if (request.epochs() != null) {
        trainer.withEpochs(request.epochs());
      }
      if (request.batch() != null) {
        trainer.withBatchSize(request.batch());
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
