package org.burin.conformance;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.burin.codegen.spi.ArtifactWriter;
import org.burin.codegen.spi.Emitter;
import org.burin.codegen.spi.Program;
import org.burin.conformance.Conformance.Failure;
import org.junit.jupiter.api.Assertions;
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

  /// How many random networks are made ready together: more than one where a compiler takes less time for that.
  protected int netsAtATime() {
    return 1;
  }

  /// A test for every operation.
  @TestFactory
  final Stream<DynamicTest> operations() {
    return Arrays.stream(OpCase.values()).map(op -> dynamicTest(op.op().getSimpleName(), () -> check(
        LongStream.range(0, programsPerOperation()).mapToObj(seed -> Case.of(op, seed)).toList(), mayRefuse(op))));
  }

  /// A test of random networks.
  @TestFactory
  final Stream<DynamicTest> networks() {
    int step = netsAtATime();
    return IntStream.iterate(0, first -> first < nets(), first -> first + step).mapToObj(first -> {
      int end = Math.min(first + step, nets());
      return dynamicTest(step == 1 ? "net " + first : "nets " + first + " to " + (end - 1), () -> check(
          LongStream.range(first, end).mapToObj(Case::net).toList(), false));
    });
  }

  private void check(List<Case> cases, boolean mayRefuse) {
    Emitter<?> emitter = emitter();
    Conformance conformance = new Conformance(emitter, vectors());
    List<Case> accepted = cases.stream().filter(at -> !mayRefuse || !refuses(emitter, at.program())).toList();
    if (accepted.isEmpty()) {
      return;
    }
    List<Optional<Failure>> failures = conformance.check(
        accepted.stream().map(Case::program).toList(), accepted.stream().mapToLong(Case::seed).toArray());
    for (int i = 0; i < failures.size(); i++) {
      Case at = accepted.get(i);
      failures.get(i).ifPresent(failure -> fail(conformance, at, failure));
    }
  }

  private void fail(Conformance conformance, Case at, Failure failure) {
    Path folder = failures().resolve(conformance.emitter().backend().name() + "-" + at);
    try {
      ArtifactWriter.write(folder, conformance.folder(at.seed(), failure), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Assertions.fail(at + ": " + failure.what() + "\n" + folder.resolve("run.sh") + " repeats it");
  }

  private static <O extends Record> boolean refuses(Emitter<O> emitter, Program program) {
    return !emitter.backend().validate(program, emitter.options()).isEmpty();
  }
}
