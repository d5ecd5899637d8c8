package org.burin.codegen.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.burin.nn.Activation;
import org.burin.nn.Dense;
import org.burin.nn.Model;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;

final class EmitterTest {
  private static final Model MODEL =
      Model.sequential("net", 1, Shape.of(3), Dense.of(4, Activation.RELU), Dense.of(2)).withMetadata("note", "text");
  private static final Program.Floating PROGRAM = Program.Floating.of(MODEL);

  @Test
  void optionsReachTheBackend() {
    Artifact artifact = Emitter.of(new EchoBackend(), List.of("greeting=hello ", "repeat-count=2")).emit(PROGRAM);
    assertThat(artifact.file("greeting.txt").text()).isEqualTo("hello hello net");
  }

  @Test
  void everythingThatABackendRefusesIsListed() {
    Emitter<?> emitter = Emitter.of(new EchoBackend(), List.of("repeat-count=3"));
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> emitter.emit(PROGRAM))
        .withMessage("""
            backend 'echo' cannot translate 'net':
              layer dense: matmul: needs 2 words, found 3; ask for fewer
              relu: is not known; leave it out""")
        .satisfies(e -> assertThat(e.diagnostics()).hasSize(2));
  }

  @Test
  void aProgramKnowsItsInputsItsOutputsAndTheModel() {
    assertThat(PROGRAM.inputs()).isEqualTo(Map.of("x", MODEL.inference().input("x").shape()));
    assertThat(PROGRAM.outputs()).isEqualTo(Map.of("y", MODEL.inference().output("y").shape()));
    assertThat(PROGRAM.about()).isEqualTo(new Program.About("net", MODEL.summary(), Map.of("note", "text")));
  }

  @Test
  void aProgramNeedsATensorForEveryParameter() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Program.Floating(PROGRAM.about(), PROGRAM.graph(), Map.of()))
        .withMessage("graph 'net' has the parameter 'dense/kernel', for which there is no tensor; there are []");
  }
}
