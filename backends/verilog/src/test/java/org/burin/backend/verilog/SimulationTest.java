package org.burin.backend.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.burin.codegen.spi.Emitter;
import org.burin.codegen.spi.Program;
import org.burin.conformance.Case;
import org.burin.conformance.Conformance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Designs in simulators, with gaps between samples and receivers that wait.
class SimulationTest {
  private static final Program.Fixed NET = Case.net(3).program();

  @ParameterizedTest
  @ValueSource(strings = {"simulator=iverilog handshake=valid stages=1", "simulator=iverilog handshake=valid-ready",
      "simulator=iverilog handshake=valid-ready tmr=registers stages=3", "simulator=iverilog tmr=full clock-enable=true",
      "simulator=iverilog stages=0", "simulator=verilator handshake=valid-ready stages=4"})
  void samplesComeOutInOrder(String settings) {
    Emitter<?> emitter = Emitter.of(new VerilogBackend(), List.of(settings.split(" ")));
    assertThat(new Conformance(emitter, 200).check(NET, 1)).isEmpty();
  }

  @Test
  void makefileLintsSimulatesAndSynthesizes() {
    try (Emitted e = Emitted.of(NET, "top-name=net", "handshake=valid-ready", "stages=3")) {
      assertThat(e.run("make", "lint", "sim", "sim_verilator", "formal"))
          .doesNotContain("exit code", "Error", "Warning:").contains("PASS: 100 samples");
      assertThat(e.run("make", "synth")).doesNotContain("exit code").contains("CARRY4", "LUT", "FDRE");
    }
  }

  @Test
  void testBenchFindsAWrongNumber() throws IOException {
    try (Emitted e = Emitted.of(NET, "top-name=net", "golden-vectors=30")) {
      Path golden = e.folder().resolve("tb/golden_out.hex");
      String right = Files.readString(golden);
      char last = right.charAt(right.length() - 2);
      Files.writeString(golden, right.substring(0, right.length() - 2) + (last == '0' ? '1' : '0') + "\n");
      assertThat(e.run("make", "sim")).startsWith("exit code").contains("FAIL: 1 of 30 samples differ");
    }
  }
}
