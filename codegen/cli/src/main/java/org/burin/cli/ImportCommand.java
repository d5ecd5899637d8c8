package org.burin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.burin.importers.Keras;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `burin import`: a model of another framework as a model file.
@Command(
    name = "import",
    header = {
      "Examples:",
      "  burin import emd.h5 --out emd.burin",
      "  burin import weights.h5 --architecture model.json --out model.burin",
      ""
    },
    description = {
      "Reads a model that Keras 2 or 3, or QKeras, saved as HDF5, and writes a model file.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A whole model, or with --architecture its weights (HDF5).")
  private Path file;

  @Option(
      names = "--architecture",
      paramLabel = "FILE",
      description = "The architecture as JSON, where the other file has weights alone.")
  private @Nullable Path architecture;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "The model file to write.")
  private Path out;

  @Option(names = "--force", description = "Overwrite a file that is there.")
  private boolean force;

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (Files.exists(out) && !force) {
      spec.commandLine().getErr().println(
          "burin import: " + out + " is there already; choose another file, or overwrite it with --force");
      return ExitCode.BAD_INPUT;
    }
    Model model = architecture == null ? Keras.read(file) : Keras.read(architecture, file);
    ModelFile.write(out, model);
    new Report("import")
        .add("model", model.name())
        .add("origin", model.metadata().getOrDefault("origin", ""))
        .add("parameters", model.parameters().count())
        .add("quantized", model.isQuantized())
        .add("out", out.toString())
        .print(spec.commandLine().getOut(), json);
    return ExitCode.OK;
  }
}
