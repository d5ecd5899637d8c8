package org.burin.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.burin.codegen.spi.Artifact;
import org.burin.codegen.spi.EmitOptions;
import org.burin.codegen.spi.Emitter;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.codegen.tool.Scratch;
import org.burin.codegen.verify.Divergence;
import org.burin.codegen.verify.Locator;
import org.burin.codegen.verify.References;
import org.burin.codegen.verify.TestVectors;
import org.burin.codegen.verify.Verification;
import org.burin.codegen.verify.Verification.Row;
import org.burin.codegen.verify.Verification.Stage;

/// Holds one backend with its options to the definition, program by program.
///
/// @param emitter the backend with its options
/// @param vectors the number of random vectors for each program, beside the directed ones
public record Conformance(Emitter<?> emitter, int vectors) {
  /// The file in the folder of a failure that holds the program as text.
  static final String PROGRAM = "program.txt";

  /// What a backend got wrong.
  ///
  /// @param what in words: the first value that differs, or what went wrong otherwise
  /// @param program the program as text
  /// @param generated the code, empty where there is none
  /// @param inputs the numbers of the sample that gave the difference, by input
  public record Failure(String what, String program, Artifact generated, Map<String, long[]> inputs) {}

  /// Translates a program twice, which has to give the same bytes, runs it, and compares every output.
  ///
  /// @throws org.burin.codegen.spi.RefusedException when the backend does not translate the program
  /// @throws org.burin.codegen.spi.ToolException when a tool is missing or fails
  public Optional<Failure> check(Program.Fixed program, long seed) {
    return check(List.of(program), new long[] {seed}).getFirst();
  }

  /// Checks programs as [#check(Program.Fixed, long)] does, made ready together.
  ///
  /// @param seeds the seed of the vectors of each program
  public List<Optional<Failure>> check(List<Program.Fixed> programs, long... seeds) {
    List<Artifact> artifacts = programs.stream().map(emitter::emit).toList();
    try (Scratch scratch = Scratch.create()) {
      List<Execution> executions =
          emitter.prepareAll(artifacts, List.copyOf(programs), scratch.folder("generated"));
      List<Optional<Failure>> failures = new ArrayList<>();
      for (int i = 0; i < executions.size(); i++) {
        Path probe = scratch.folder("probe-" + i);
        try (Execution execution = executions.get(i)) {
          failures.add(check(programs.get(i), seeds[i], artifacts.get(i), execution, probe));
        }
      }
      return failures;
    }
  }

  private Optional<Failure> check(
      Program.Fixed program, long seed, Artifact artifact, Execution execution, Path probe) {
    String text = program.graph().toString();
    if (!emitter.emit(program).equals(artifact)) {
      return Optional.of(new Failure("the same program gave other files the second time", text, artifact, Map.of()));
    }
    TestVectors tests = TestVectors.of(program, seed);
    try (Execution right = References.of(program)) {
      Row row = Verification.run(program, right, List.of(new Stage("generated", execution)), tests,
          (long) tests.directed() + vectors, done -> {}).getFirst();
      if (!row.problem().isEmpty()) {
        return Optional.of(new Failure(row.problem(), text, artifact, Map.of()));
      }
      return row.first().map(d -> failure(program, d, tests, artifact, probe));
    }
  }

  private Failure failure(Program.Fixed program, Divergence d, TestVectors tests, Artifact artifact, Path probe) {
    Map<String, long[]> inputs = tests.sample(d.sample());
    Divergence inside = Locator.locate(emitter, program, d.sample(), inputs, probe).orElse(d);
    return new Failure(inside.toString(), program.graph().toString(), artifact, inputs);
  }

  /// The options of the backend as texts `key=value`, all of them.
  List<String> settings() {
    return EmitOptions.list(emitter.options()).stream().map(e -> e.key() + "=" + e.otherwise()).toList();
  }

  /// All that it takes to look at a failure and to repeat it, where this class path is.
  ///
  /// `run.sh` exits with 1 as long as the failure is there, with 0 once it is gone.
  Artifact folder(long seed, Failure failure) {
    StringBuilder difference = new StringBuilder(failure.what() + "\n");
    failure.inputs().forEach((name, numbers) -> difference.append("input ").append(name).append(": ")
        .append(Arrays.stream(numbers).mapToObj(Long::toString).collect(Collectors.joining(" ")))
        .append('\n'));
    String settings = settings().stream().map(s -> " '" + s.replace("'", "'\\''") + "'").collect(Collectors.joining());
    return Artifact.builder()
        .text(PROGRAM, failure.program())
        .text("difference.txt", difference.toString())
        .script("run.sh", """
            #!/bin/sh
            # Repeats the failure in difference.txt.
            cd "$(dirname "$0")" || exit 2
            CLASSPATH="${CLASSPATH:-%s}" exec "${JAVA_HOME:-%s}/bin/java" \\
              --add-modules jdk.incubator.vector org.burin.conformance.Replay . %s %d %d%s
            """.formatted(System.getProperty("java.class.path"), System.getProperty("java.home"),
                emitter.backend().name(), seed, vectors, settings))
        .addAll("generated", failure.generated())
        .build();
  }
}
