package org.burin.backend.vitis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.burin.codegen.spi.Emitter;
import org.burin.codegen.spi.Program;
import org.burin.conformance.Case;
import org.burin.conformance.Conformance;
import org.burin.conformance.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Networks of real sizes in every strategy, compiled by g++, against the definition.
final class VitisStrategiesTest {
  private static Emitter<?> emitter(String... settings) {
    return Emitter.of(new VitisBackend(), List.of(settings));
  }

  private static void check(Emitter<?> emitter, int vectors, List<Program.Fixed> programs) {
    assertThat(new Conformance(emitter, vectors).check(programs, LongStream.range(0, programs.size()).toArray()))
        .allSatisfy(failure -> assertThat(failure.map(Conformance.Failure::what)).isEmpty());
  }

  @Test
  void networksOfRealSizesAreEqual() {
    check(emitter("vectors=1"), 10, Arrays.stream(Networks.values()).map(Networks::program).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"resource", "distributed-arithmetic", "reconfigurable"})
  void networksAreEqualInEveryStrategy(String strategy) {
    List<Program.Fixed> programs = new ArrayList<>(List.of(Networks.JETS_LEARNED.program(), Networks.ENCODER.program()));
    LongStream.range(1000, 1018).mapToObj(seed -> Case.net(seed).program()).forEach(programs::add);
    check(emitter("strategy=" + strategy, "vectors=1"), 20, programs);
  }

  @Test
  void multipliersAreSharedWhereAReuseFactorAllowsIt() {
    Emitter<?> emitter = emitter("layers=dense:resource:8,dense_1:resource:64,dense_3:resource:160", "vectors=1");
    Program.Fixed jets = Networks.JETS.program();
    assertThat(emitter.emit(jets).file("firmware/parameters.h").text())
        .contains("static constexpr unsigned reuse = 160;\n  static constexpr unsigned n_multipliers = 1;");
    assertThat(new Conformance(emitter, 100).check(jets, 1).map(Conformance.Failure::what)).isEqualTo(Optional.empty());
  }

  @Test
  void anImpossibleReuseFactorIsRefusedWithThosePossible() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> emitter("strategy=resource", "reuse=3").emit(Networks.JETS.program()))
        .withMessageContaining("layer dense: ")
        .withMessageContaining("a product of 16 inputs and 64 outputs has no reuse factor 3; choose from 1, 2, 4, 8, 16, "
            + "32, 64, 128, 256, 512, 1024, for this layer alone with the option layers=dense:resource:REUSE");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> emitter("layers=fc9:latency").emit(Networks.JETS.program()))
        .withMessageContaining("layer fc9: option layers: there is no such layer; choose from ");
    assertThatIllegalArgumentException().isThrownBy(() -> emitter("reuse=4"))
        .withMessageContaining("a reuse factor of 4 needs the strategy resource, found latency");
  }
}
