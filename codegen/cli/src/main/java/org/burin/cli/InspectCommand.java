package org.burin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.burin.ir.IrText;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `burin inspect`: what is in a model file.
@Command(
    name = "inspect",
    description = {"Shows what is in a model file: its layers and notes, or one of its graphs.", ""},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class InspectCommand implements Callable<Integer> {
  /// The graphs of a model.
  enum Kind {
    /// The graph to use.
    INFERENCE,
    /// The graph to train.
    TRAINING
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "A model file or a checkpoint.")
  private Path file;

  @Option(
      names = "--graph",
      arity = "0..1",
      fallbackValue = "INFERENCE",
      paramLabel = "KIND",
      description = "Print the text of a graph instead: inference (if left out) or training.")
  private @Nullable Kind graph;

  @Override
  public Integer call() throws IOException {
    Model model = ModelFile.read(file);
    PrintWriter out = spec.commandLine().getOut();
    switch (graph) {
      case INFERENCE -> out.print(IrText.print(model.inference()));
      case TRAINING -> out.print(IrText.print(model.training()));
      case null -> {
        out.println(model.summary());
        model.metadata().forEach((key, text) -> out.println(key + ": " + text));
      }
    }
    out.flush();
    return ExitCode.OK;
  }
}
