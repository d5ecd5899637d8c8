package org.burin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.burin.codegen.spi.ArtifactWriter;
import org.burin.codegen.spi.Demonstration;
import org.burin.codegen.spi.Demonstration.Outcome;
import org.burin.codegen.spi.ToolException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `burin demo`: from detector data to verified hardware, with a report.
@Command(
    name = "demo",
    header = {
      "Examples:",
      "  burin demo                              generated events; writes burin-demo/report.html",
      "  burin demo --data calq.csv --out mine   your own events",
      "  burin demo --fast                       with the trained network that comes with Burin",
      ""
    },
    description = {
      "Trains a network that learns the earth mover's distance, trains the encoder of a calorimeter's data "
          + "concentrator with it and with a mean squared error, compares the two on events that neither has seen, "
          + "generates code of the better one for every backend, and checks each against the model, bit for bit.",
      "",
      "DIR/report.html shows all of it. The same data, seed and options give the same files, byte for byte.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "Events to use: CSV with 48 charges a row (CALQ_0 to CALQ_47). Default: events are generated.")
  private @Nullable Path data;

  @Option(names = "--out", paramLabel = "DIR", description = "Where to write. Default: burin-demo.")
  private Path out = Path.of("burin-demo");

  @Option(names = "--seed", paramLabel = "N", description = "The seed of data, weights and orders. Default: 1.")
  private long seed = TrainingRequest.DEFAULT_SEED;

  @Option(names = "--fast", description = "Use the trained distance network that comes with Burin.")
  private boolean fast;

  @Option(names = "--threads", paramLabel = "N", description = "Default: all processors. Does not change the result.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--force", description = "Overwrite files in DIR that Burin did not write.")
  private boolean force;

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (threads < 1) {
      throw new ParameterException(spec.commandLine(), "--threads needs 1 or more, found " + threads);
    }
    Demonstration demonstration = ServiceLoader.load(Demonstration.class).findFirst()
        .orElseThrow(
            () -> new ToolException("no demonstration is on the class path; use the launcher of the repository"));
    refuseForeignFiles();
    PrintWriter err = spec.commandLine().getErr();
    Outcome outcome = demonstration.run(
        new Demonstration.Request(Optional.ofNullable(data), seed, fast, threads), line -> {
          err.println("burin demo: " + line);
          err.flush();
        });
    ArtifactWriter.write(out, outcome.files(), true);
    Report report = new Report("demo");
    outcome.results().forEach(report::add);
    report.add("verified", outcome.holds())
        .add("report", out.resolve("report.html").toString())
        .print(spec.commandLine().getOut(), json);
    return outcome.holds() ? ExitCode.OK : ExitCode.CHECK_FAILED;
  }

  /// Says so at once, not after minutes of training.
  private void refuseForeignFiles() throws IOException {
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new FileSystemException(out.toString(), null, "is a file; name a folder with --out");
    }
    List<String> foreign = force ? List.of() : ArtifactWriter.foreign(out);
    if (!foreign.isEmpty()) {
      int named = Math.min(5, foreign.size());
      String first = String.join(", ", foreign.subList(0, named)) + (foreign.size() > named ? ", ..." : "");
      throw new FileSystemException(out.toString(), null, "the folder holds files that Burin did not write, or that "
          + "were changed since: " + first + "; name another with --out, or write to it all the same with --force");
    }
  }
}
