package org.burin.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.train.Trainer;
import org.burin.train.Workload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `burin eval`: what a trained model reaches on the test data of its workload.
@Command(
    name = "eval",
    description = {"Evaluates a model on the test data of its workload.", ""},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class EvalCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "A model file or a checkpoint.")
  private Path file;

  @Option(names = "--data", paramLabel = "FILE", description = "The data. Default: what the model was trained with.")
  private @Nullable String data;

  @Option(names = "--seed", paramLabel = "N", description = "The seed of the data. Default: that of the training.")
  private @Nullable Long seed;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      completionCandidates = Workloads.class,
      description = "One of: ${COMPLETION-CANDIDATES}. Default: what the model was trained for.")
  private @Nullable String workload;

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Model model = ModelFile.read(file);
    TrainingRequest request =
        new TrainingRequest(workload, data, seed, null, null, null, null, Map.of()).orElse(TrainingRequest.of(model));
    Workload task = request.workload(spec);
    Workload.Data samples =
        task.data(Optional.ofNullable(request.data()).map(Path::of), request.seedOrDefault());
    Trainer trainer = Trainer.of(model);
    task.configure(trainer, samples);
    new Report("eval")
        .add("workload", task.name())
        .addAll(task.report(trainer, samples))
        .print(spec.commandLine().getOut(), json);
    return ExitCode.OK;
  }
}
