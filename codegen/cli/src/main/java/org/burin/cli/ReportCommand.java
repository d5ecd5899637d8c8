package org.burin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.burin.codegen.spi.Program;
import org.burin.codegen.spi.RefusedException;
import org.burin.data.Column.Role;
import org.burin.data.Dataset;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import org.burin.pass.QuantizationReport;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `burin report`: what a quantized model costs, and how it uses its types.
@Command(
    name = "report",
    header = {
      "Examples:",
      "  burin report run1/model.burin",
      "  burin report run1/model.burin --data x.npy --samples 10000",
      "  burin report run1/model.burin --backend vitis -O strategy=resource -O reuse=4 --reports jets_prj",
      ""
    },
    description = {
      "Lists the values of a quantized model: types, proven ranges, effective bit operations, tables.",
      "",
      "With --data it also tells the range that each value uses on these samples, and how often a type overflows.",
      "",
      "With --backend it tells instead what each layer costs as hardware, estimated before any synthesis, and what the "
          + "vendor's tools reported.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReportCommand implements Callable<Integer> {
  private static final long DEFAULT_SAMPLES = 1000;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "A model file or a checkpoint.")
  private Path file;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "Samples for the model's only input, as for burin predict: an NPY file, or a text file with a "
          + "header.")
  private @Nullable Path data;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "How many of them to run, from the first on. Default: 1000.")
  private long samples = DEFAULT_SAMPLES;

  @ArgGroup
  private BackendChoice.@Nullable Which which;

  @Option(
      names = "-O",
      paramLabel = "KEY=VALUE",
      description = "An option of the backend, as burin compile --help lists them; may be given several times.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--reports",
      paramLabel = "DIR",
      description = "A folder in or below which the vendor's tools left reports of the design.")
  private @Nullable Path reports;

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Model model = ModelFile.read(file);
    PrintWriter out = spec.commandLine().getOut();
    if (which != null) {
      hardware(model, which, out);
      return ExitCode.OK;
    }
    QuantizationReport report =
        data == null ? model.quantizationReport() : model.quantizationReport(read(data, model));
    if (json) {
      new Report("report")
          .add("model", model.name())
          .add("parameters", model.parameters().count())
          .add("ebops", report.ebops())
          .add("table_entries", report.entries())
          .add("exact_in_float32", report.inexact().isEmpty())
          .add("values", report.rows().stream().map(ReportCommand::entry).toList())
          .print(out, true);
    } else {
      out.print(report);
      out.flush();
    }
    return ExitCode.OK;
  }

  private void hardware(Model model, BackendChoice.Which backend, PrintWriter out) throws IOException {
    HardwareReport report;
    try {
      report = HardwareReport.of(backend.emitter(spec, settings), Program.of(model), reports);
    } catch (RefusedException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    if (json) {
      report.printJson(out);
    } else {
      report.print(out);
    }
  }

  private Tensor read(Path from, Model model) {
    Value input = model.inference().inputs().getFirst();
    String name = ((Op.Input) input.op()).name();
    int[] dims = input.shape().dims();
    Shape sample = Shape.of(Arrays.copyOfRange(dims, 1, dims.length));
    Dataset all = new Samples(from, List.of(), true).open(name, sample);
    return all.take(samples).tensor(Role.INPUT, name);
  }

  private static Map<String, Object> entry(QuantizationReport.Row row) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("layer", row.layer());
    entry.put("value", row.value());
    entry.put("declared", row.declared());
    entry.put("inferred", row.inferred().toString());
    entry.put("low", row.low());
    entry.put("high", row.high());
    entry.put("ebops", row.ebops());
    entry.put("table_entries", row.entries());
    entry.put("table_error", row.tableError());
    row.used().ifPresent(used -> {
      entry.put("used_low", used.low());
      entry.put("used_high", used.high());
      entry.put("overflows", used.overflows());
      entry.put("count", used.count());
    });
    return entry;
  }
}
