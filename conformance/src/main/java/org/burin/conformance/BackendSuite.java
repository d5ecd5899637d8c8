package org.burin.conformance;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.burin.codegen.spi.ArtifactWriter;
import org.burin.codegen.spi.Emitter;
import org.burin.codegen.spi.Program;
import org.burin.conformance.Conformance.Failure;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The tests that every backend has to pass. A backend's module extends it:
///
/// ```java
/// final class NetConformanceTest extends BackendSuite {
///   @Override
///   protected Emitter<?> emitter() {
///     return Emitter.of(new NetBackend(), List.of());
///   }
/// }
/// ```
///
/// Every operation meets random types, shapes and attributes; random networks put them together. Whatever comes out is
/// compared with the definition, bit for bit, for inputs that include the extremes of every sum. A failure leaves a
/// folder with the program, the code, the numbers and a `run.sh` that repeats it.
public abstract class BackendSuite {
  /// For subclasses.
  protected BackendSuite() {}

  /// The backend under test, with its options.
  protected abstract Emitter<?> emitter();

  /// How many programs each operation is tested with.
  protected int programsPerOperation() {
    return 25;
  }

  /// How many random networks are tested.
  protected int nets() {
    return 30;
  }

  /// How many random vectors each program is run with, beside those that are chosen.
  protected int vectors() {
    return 200;
  }

  /// Whether the backend may refuse an operation.
  ///
  /// @param op the operation
  protected boolean mayRefuse(OpCase op) {
    return false;
  }

  /// Where failures are left.
  protected Path failures() {
    return Path.of("target", "conformance-failures");
  }

  /// A test for every operation.
  @TestFactory
  final Stream<DynamicTest> operations() {
    return Arrays.stream(OpCase.values()).map(op -> dynamicTest(op.op().getSimpleName(), () ->
        LongStream.range(0, programsPerOperation()).forEach(seed -> check(Case.of(op, seed), mayRefuse(op)))));
  }

  /// A test of random networks.
  @TestFactory
  final Stream<DynamicTest> networks() {
    return LongStream.range(0, nets()).mapToObj(seed -> dynamicTest("net " + seed, () -> check(Case.net(seed), false)));
  }

  private void check(Case at, boolean mayRefuse) {
    Emitter<?> emitter = emitter();
    Conformance conformance = new Conformance(emitter, vectors());
    Program.Fixed program = at.program();
    if (mayRefuse && refuses(emitter, program)) {
      return;
    }
    Optional<Failure> failure = conformance.check(program, at.seed());
    if (failure.isPresent()) {
      Path folder = failures().resolve(emitter.backend().name() + "-" + at);
      try {
        ArtifactWriter.write(folder, conformance.folder(at.seed(), failure.get()), true);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      fail(at + ": " + failure.get().what() + "\n" + folder.resolve("run.sh") + " repeats it");
    }
  }

  private static <O extends Record> boolean refuses(Emitter<O> emitter, Program program) {
    return !emitter.backend().validate(program, emitter.options()).isEmpty();
  }
}
