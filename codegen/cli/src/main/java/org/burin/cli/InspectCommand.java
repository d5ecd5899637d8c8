package org.burin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.burin.data.Npy;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedValue;
import org.burin.ir.IrText;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.pass.LowerToFixed;
import org.burin.pass.Lowered;
import org.burin.pass.LoweringException;
import org.burin.pass.Passes;
import org.burin.pass.Pipeline;
import org.burin.pass.QuantizationReport;
import org.burin.tensor.Tensor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `burin inspect`: what is in a model file.
@Command(
    name = "inspect",
    description = {
      "Shows what is in a model file: its layers, notes and graph and, of a quantized model, types, ranges and effective bit "
          + "operations (EBOPs).",
      "",
      "A quantized model is lowered to fixed point first, one pass after the other:",
      "strip-gradients, constant-fold, split-means, cse, dce, lower-to-fixed.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class InspectCommand implements Callable<Integer> {
  /// The graphs of a model.
  enum Kind {
    /// The graph to use.
    INFERENCE,
    /// The graph to train.
    TRAINING,
    /// The graph in fixed point.
    FIXED
  }

  /// The parts of what is shown.
  enum Section {
    /// The table of layers.
    LAYERS,
    /// Notes by key.
    NOTES,
    /// The text of the graph to use.
    GRAPH,
    /// Types, ranges, EBOPs and tables in fixed point.
    TYPES
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "A model file or a checkpoint.")
  private Path file;

  @Option(
      names = "--show",
      split = ",",
      paramLabel = "SECTION",
      description = "Show these sections only, of ${COMPLETION-CANDIDATES}, with commas between them.")
  private Set<Section> sections = EnumSet.allOf(Section.class);

  @Option(
      names = "--graph",
      arity = "0..1",
      fallbackValue = "INFERENCE",
      paramLabel = "KIND",
      description = "Print the text of a graph instead: inference (if left out), training or fixed.")
  private @Nullable Kind graph;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "Samples of a quantized model's input, an NPY file: shows which ranges they use and where types overflow.")
  private @Nullable Path data;

  @Option(
      names = "--dump-ir",
      paramLabel = "DIR",
      description = "Write the graph after every pass to a file of its own in this folder.")
  private @Nullable Path dump;

  @Option(names = "--stop-after", paramLabel = "PASS", description = "Print the graph after this pass, and nothing else.")
  private @Nullable String last;

  @Option(names = "--skip-pass", paramLabel = "PASS", description = "Leave this pass out; may be given several times.")
  private Set<String> skipped = new LinkedHashSet<>();

  @Option(names = "--json", description = "Print what the model is as JSON; burin report has the types.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Model model = ModelFile.read(file);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ModelReport.of(model).print(out, true);
      return ExitCode.OK;
    }
    if (last != null && !last.equals(LowerToFixed.STAGE)) {
      Pipeline first = pipeline(model, last);
      out.print(IrText.print(first.run(model.inference(), new Dump(dump)::write)));
    } else if (last != null || graph == Kind.FIXED) {
      out.print(lower(model).fixed());
    } else if (graph != null) {
      out.print(IrText.print(graph == Kind.TRAINING ? model.training() : model.inference()));
    } else {
      show(model, out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private void show(Model model, PrintWriter out) throws IOException {
    if (sections.contains(Section.LAYERS)) {
      out.println(model.summary());
    }
    if (sections.contains(Section.NOTES)) {
      model.metadata().forEach((key, text) -> out.println(key + ": " + text));
    }
    if (sections.contains(Section.GRAPH)) {
      out.print(IrText.print(model.inference()));
    }
    if (sections.contains(Section.TYPES) && model.isQuantized()) {
      try {
        Lowered lowered = lower(model);
        out.print(data == null ? QuantizationReport.of(lowered) : QuantizationReport.of(lowered, samples(lowered, data)));
      } catch (LoweringException e) {
        out.println(e.getMessage());
      }
    }
  }

  private Map<String, Tensor> samples(Lowered lowered, Path from) throws IOException {
    List<FixedValue> inputs = lowered.fixed().inputs();
    if (inputs.size() != 1 || !(inputs.getFirst().op() instanceof FixedOp.Input(var name, _, _))) {
      throw new ParameterException(spec.commandLine(), "--data needs a model of one input");
    }
    return Map.of(name, Npy.read(from, Npy.Precision.ROUNDED));
  }

  private Pipeline pipeline(Model model, @Nullable String upTo) {
    try {
      Pipeline all = Passes.deployment(model.parameters().tensors());
      return (upTo == null ? all : all.upTo(upTo)).without(skipped);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Lowered lower(Model model) {
    LowerToFixed lowering = LowerToFixed.of(model.parameters().tensors()).withPipeline(pipeline(model, null));
    Dump stages = new Dump(dump);
    Lowered lowered = lowering.withObserver(stages::write).lower(model.inference());
    stages.write(LowerToFixed.STAGE, lowered.fixed());
    return lowered;
  }
}
