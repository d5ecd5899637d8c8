package org.burin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.burin.data.Dataset;
import org.burin.data.Npy;
import org.burin.io.AtomicFiles;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `burin predict`: the outputs of a model for samples in a file.
@Command(
    name = "predict",
    header = {
      "Examples:",
      "  burin predict run1/model.burin --data x.npy --out y.npy",
      "  burin predict run1/model.burin --data jets.csv --columns pt,eta,phi > y.csv",
      ""
    },
    description = {
      "Computes the outputs of a model with one input and one output.",
      "",
      "Files may be larger than memory. The samples are taken as they are: data of other scales have to be "
          + "standardized as those of the training were.",
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
      description = "The samples: an NPY file (*.npy), samples along the first axis, or a text file with a sample on "
          + "each line, between commas or (*.tsv) tabs. Numbers are rounded to float32.")
  private Path data;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "NAME",
      description = "The columns of a text file to take, by name or number, in this order. Default: all.")
  private List<String> columns = new ArrayList<>();

  @Option(names = "--no-header", description = "The first line of the text file is a sample, not the names of columns.")
  private boolean noHeader;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file to write: NPY (*.npy), or else text with commas. Default: text on standard output.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print what was written as JSON; needs --out.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Path target = out;
    if (json && target == null) {
      throw new ParameterException(spec.commandLine(), "--json needs --out FILE");
    }
    Model model = ModelFile.read(file);
    Predictions predictions =
        Predictions.open(model, (input, sample) -> new Samples(data, columns, !noHeader).open(input, sample));
    PrintWriter to = spec.commandLine().getOut();
    if (target == null) {
      predictions.writeText(to);
      to.flush();
      return ExitCode.OK;
    }
    if (target.toString().toLowerCase(Locale.ROOT).endsWith(".npy")) {
      AtomicFiles.write(target, stream -> Npy.write(stream, predictions.shape(), predictions));
    } else {
      AtomicFiles.write(target, stream -> {
        PrintWriter writer = new PrintWriter(stream, false, StandardCharsets.UTF_8);
        predictions.writeText(writer);
        writer.flush();
      });
    }
    if (json) {
      new Report("predict")
          .add("model", model.name())
          .add("out", target.toString())
          .add("shape", predictions.extents())
          .print(to, true);
    } else {
      to.println(target + "  " + predictions.shape());
    }
    return ExitCode.OK;
  }
}
