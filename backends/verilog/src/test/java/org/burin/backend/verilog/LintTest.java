package org.burin.backend.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.burin.codegen.spi.Program;
import org.burin.conformance.Case;
import org.burin.conformance.OpCase;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// No warning of Verilator, for any operation, network or option.
class LintTest {
  private static void clean(Program program, String... settings) {
    try (Emitted e = Emitted.of(program, settings)) {
      String top = Names.plain(program.about().name());
      assertThat(e.lint(top)).as("%s %s", program.about().name(), List.of(settings)).isEmpty();
      e.artifact().files().forEach((path, file) ->
          assertThat(file.text()).doesNotContain("lint_off", "verilator lint"));
    }
  }

  @TestFactory
  Stream<DynamicTest> operations() {
    return Arrays.stream(OpCase.values()).map(op -> DynamicTest.dynamicTest(op.op().getSimpleName(), () ->
        LongStream.range(1, 2).forEach(seed -> clean(op.program(seed), "golden-vectors=1", "stages=" + seed))));
  }

  @TestFactory
  Stream<DynamicTest> networks() {
    return LongStream.range(100, 104).mapToObj(seed -> DynamicTest.dynamicTest("net " + seed, () ->
        clean(Case.net(seed).program(), "golden-vectors=1", "clock-mhz=400")));
  }

  @Test
  void optionsAddNoWarning() {
    Program program = Case.net(3).program();
    for (String handshake : List.of("none", "valid", "valid-ready")) {
      for (String tmr : List.of("none", "registers", "full")) {
        clean(program, "golden-vectors=1", "handshake=" + handshake, "tmr=" + tmr, "stages=3");
      }
    }
    clean(program, "golden-vectors=1", "handshake=valid", "clock-enable=true", "stages=1");
    clean(program, "golden-vectors=1", "clock-enable=true", "tmr=registers");
  }
}
