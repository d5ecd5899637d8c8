package org.burin.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.burin.data.Npy;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `burin predict`: the outputs of a model for samples in an NPY file.
@Command(
    name = "predict",
    description = {
      "Computes the outputs of a model with one input and one output.",
      "",
      "The samples are taken as they are: data of other scales have to be standardized as those of the training were.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "A model file or a checkpoint.")
  private Path file;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "The samples: an NPY file, samples along the first axis; float64 is rounded to float32.")
  private Path data;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "The NPY file to write.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    Model model = ModelFile.read(file);
    Tensor outputs = model.predict(Npy.read(data, Npy.Precision.ROUNDED));
    Npy.write(out, outputs);
    spec.commandLine().getOut().println(out + "  " + outputs.shape());
    return ExitCode.OK;
  }
}
