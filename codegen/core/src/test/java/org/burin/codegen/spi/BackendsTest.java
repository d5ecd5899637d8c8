package org.burin.codegen.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BackendsTest {
  private static final Backend<?> JVM = new EchoBackend("jvm", Set.of(Target.JVM));
  private static final Backend<?> BOARD = new EchoBackend("board", Set.of(Target.FPGA, Target.ASIC));
  private static final Backends BACKENDS = Backends.of(List.of(JVM, BOARD));

  @Test
  void backendsAreFoundOnTheClassPath() {
    assertThat(Backends.installed().named("echo")).isInstanceOf(EchoBackend.class);
  }

  @Test
  void backendsAreSortedByName() {
    assertThat(BACKENDS.all()).containsExactly(BOARD, JVM);
  }

  @Test
  void aTargetHasADefault() {
    assertThat(BACKENDS.forTarget(Target.JVM)).isSameAs(JVM);
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BACKENDS.named("verylog"))
        .withMessage("no backend is called 'verylog'; there is board, jvm");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backends.of(List.of()).named("jvm"))
        .withMessage("no backend is called 'jvm'; there is none");
  }

  @Test
  void aTargetWithoutItsDefaultIsRefusedWithTheOthersForIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BACKENDS.forTarget(Target.FPGA))
        .withMessage("the backend for fpga, 'vitis', is not on the class path; backends for fpga that are: board");
  }

  @Test
  void twoBackendsOfOneNameAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backends.of(List.of(JVM, new EchoBackend("jvm", Set.of()))))
        .withMessage("two backends are called 'jvm'; remove one from the class path");
  }
}
