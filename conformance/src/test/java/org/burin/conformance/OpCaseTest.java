package org.burin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.burin.fixed.FixedOp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OpCaseTest {
  @Test
  void everyOperationHasACase() {
    assertThat(Arrays.stream(OpCase.values()).<Class<?>>map(OpCase::op))
        .containsExactlyInAnyOrder(FixedOp.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @EnumSource
  void theOperationIsInItsPrograms(OpCase op) {
    long with = LongStream.range(0, 50)
        .filter(seed -> op.program(seed).graph().values().stream().anyMatch(v -> op.op().isInstance(v.op())))
        .count();
    assertThat(with).as("of 50 programs, some of which may fold it away").isGreaterThan(35);
  }

  @ParameterizedTest
  @EnumSource
  void theSameSeedGivesTheSameProgram(OpCase op) {
    assertThat(Case.of(op, 7).program().graph().toString()).isEqualTo(op.program(7).graph().toString());
  }

  @Test
  void anUnknownCaseIsRefusedWithThoseThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Case("matmul", 1).program())
        .withMessageStartingWith("no case is called 'matmul'; there is net, input, constant, quantize, ");
  }
}
