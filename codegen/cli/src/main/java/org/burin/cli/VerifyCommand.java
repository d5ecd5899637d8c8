package org.burin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.burin.codegen.spi.Artifact;
import org.burin.codegen.spi.ArtifactWriter;
import org.burin.codegen.spi.Emitter;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.codegen.tool.Scratch;
import org.burin.codegen.verify.Divergence;
import org.burin.codegen.verify.FailureFolder;
import org.burin.codegen.verify.Locator;
import org.burin.codegen.verify.References;
import org.burin.codegen.verify.TestVectors;
import org.burin.codegen.verify.Verification;
import org.burin.codegen.verify.Verification.Row;
import org.burin.codegen.verify.Verification.Stage;
import org.burin.nn.Model;
import org.burin.nn.ModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `burin verify`: whether generated code computes what the model computes.
@Command(
    name = "verify",
    header = {
      "Examples:",
      "  burin verify run1/model.burin --backend jvm --vectors 1000000",
      "  burin verify run1/model.burin --target jvm --seed 7 --json",
      ""
    },
    description = {
      "Runs a model's generated code on this machine and compares every number with its definition, bit for bit.",
      "",
      "The first vectors drive every layer to the ends of its range, the others are random. A difference is printed "
          + "with its layer, its type and both raw integers, and leaves a folder that repeats it.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class VerifyCommand implements Callable<Integer> {
  private static final long DEFAULT_VECTORS = 10_000;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "A model file or a checkpoint.")
  private Path file;

  @Mixin private BackendChoice choice = new BackendChoice();

  @Mixin private ProgramChoice numbers = new ProgramChoice();

  @Option(names = "--vectors", paramLabel = "N", description = "The number of test vectors. Default: 10000.")
  private long vectors = DEFAULT_VECTORS;

  @Option(names = "--seed", paramLabel = "N", description = "The seed of the random ones. Default: 1.")
  private long seed = TrainingRequest.DEFAULT_SEED;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Where a difference leaves all it takes to repeat it. Default: burin-failure.")
  private Path keep = Path.of("burin-failure");

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (vectors < 1) {
      throw new ParameterException(spec.commandLine(), "--vectors needs 1 or more, found " + vectors);
    }
    Emitter<?> emitter = choice.emitter(spec);
    Model model = ModelFile.read(file);
    Program program = numbers.program(model);
    Artifact artifact = emitter.emit(program);
    TestVectors tests = TestVectors.of(program, seed);
    try (Scratch scratch = Scratch.create(); Execution reference = References.of(program)) {
      List<Stage> stages = new ArrayList<>(References.trainer(model, program).stream().toList());
      Optional<Execution> generated = emitter.prepare(artifact, program, scratch.folder("generated"));
      generated.ifPresent(execution -> stages.add(new Stage(emitter.backend().name(), execution)));
      List<Row> rows;
      try (Progress progress = new Progress(spec.commandLine().getErr(), "vectors", vectors)) {
        rows = Verification.run(program, reference, stages, tests, vectors, progress::show);
      }
      generated.ifPresent(Execution::close);
      rows = located(rows, emitter, program, tests, scratch);
      print(model, program, rows, tests);
      return end(rows, emitter, program, artifact, tests);
    }
  }

  /// The rows, with the first difference of the backend taken to the first value inside of the graph that differs.
  private static List<Row> located(
      List<Row> rows, Emitter<?> emitter, Program program, TestVectors tests, Scratch scratch) {
    if (!(program instanceof Program.Fixed fixed)) {
      return rows;
    }
    return rows.stream().map(row -> row.stage().equals(emitter.backend().name())
        ? row.withFirst(row.first().map(d -> inside(d, emitter, fixed, tests, scratch)))
        : row).toList();
  }

  private static Divergence inside(
      Divergence d, Emitter<?> emitter, Program.Fixed program, TestVectors tests, Scratch scratch) {
    return Locator.locate(emitter, program, d.sample(), tests.sample(d.sample()), scratch.folder("probe")).orElse(d);
  }

  private void print(Model model, Program program, List<Row> rows, TestVectors tests) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      new Report("verify")
          .add("model", model.name())
          .add("arithmetic", ProgramChoice.name(program))
          .add("seed", seed)
          .add("vectors", vectors)
          .add("directed", Math.min(vectors, tests.directed()))
          .add("stages", rows.stream().map(VerifyCommand::entry).toList())
          .print(out, true);
      return;
    }
    out.println("model " + model.name() + " in " + ProgramChoice.name(program) + ", seed " + seed + ", "
        + Math.min(vectors, tests.directed()) + " directed and " + Math.max(0, vectors - tests.directed())
        + " random vectors");
    out.print(Verification.table(rows));
    out.flush();
  }

  private static Map<String, Object> entry(Row row) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("stage", row.stage());
    entry.put("vectors", row.vectors());
    entry.put("mismatches", row.mismatches());
    entry.put("holds", row.holds());
    if (!row.problem().isEmpty()) {
      entry.put("problem", row.problem());
    }
    row.first().ifPresent(d -> {
      Map<String, Object> first = new LinkedHashMap<>();
      first.put("sample", d.sample());
      first.put("value", d.value());
      first.put("op", d.op());
      first.put("layer", d.layer());
      first.put("type", d.type());
      first.put("element", d.element());
      first.put("expected", d.expected());
      first.put("actual", d.actual());
      entry.put("first", first);
    });
    return entry;
  }

  private int end(List<Row> rows, Emitter<?> emitter, Program program, Artifact artifact, TestVectors tests)
      throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Optional<Divergence> wrong = rows.stream().flatMap(r -> r.first().stream()).findFirst();
    if (wrong.isPresent()) {
      Divergence difference = wrong.get();
      FailureFolder folder =
          new FailureFolder(emitter.backend().name(), choice.settings(), ProgramChoice.name(program), seed);
      ArtifactWriter.write(
          keep, folder.of(Files.readAllBytes(file), artifact, difference, tests.sample(difference.sample())), true);
      err.println("burin verify: " + keep.resolve("run.sh") + " repeats the difference");
      return ExitCode.CHECK_FAILED;
    }
    if (rows.stream().noneMatch(r -> r.stage().equals(emitter.backend().name()))) {
      err.println("burin verify: backend '" + emitter.backend().name() + "' cannot run "
          + ProgramChoice.name(program) + " programs on this machine");
      return ExitCode.TOOL_FAILED;
    }
    return rows.stream().allMatch(Row::holds) ? ExitCode.OK : ExitCode.TOOL_FAILED;
  }
}
