package org.burin.codegen.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.burin.codegen.spi.Program;
import org.burin.fixed.ElementTypes;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedType;
import org.burin.nn.Dense;
import org.burin.nn.Model;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;

final class TestVectorsTest {
  @Test
  void theSameSeedGivesTheSameVectorsAndAnotherSeedGivesOthers() {
    Program program = FixedPrograms.dense();
    long[] first = TestVectors.of(program, 5).block(3, 1024).get("x");
    assertThat(TestVectors.of(program, 5).block(3, 1024).get("x")).isEqualTo(first);
    assertThat(TestVectors.of(program, 6).block(3, 1024).get("x")).isNotEqualTo(first);
    assertThat(TestVectors.of(program, 5).block(4, 1024).get("x")).isNotEqualTo(first);
  }

  @Test
  void oneSampleIsThatOfItsBlock() {
    TestVectors vectors = TestVectors.of(FixedPrograms.dense(), 1);
    long[] block = vectors.block(1, 300).get("x");
    assertThat(vectors.sample(1024 + 299).get("x")).containsExactly(
        IntStream.range(299 * 6, 300 * 6).mapToLong(i -> block[i]).toArray());
  }

  @Test
  void cornersComeFirst() {
    long[] corners = TestVectors.of(FixedPrograms.dense(), 1).block(0, 5).get("x");
    assertThat(corners).containsExactly(
        0, 0, 0, 0, 0, 0,
        -32, -32, -32, -32, -32, -32,
        31, 31, 31, 31, 31, 31,
        31, -32, 31, -32, 31, -32,
        -32, 31, -32, 31, -32, 31);
  }

  @Test
  void everyElementKeepsToItsOwnType() {
    FixedGraphBuilder b = new FixedGraphBuilder("net");
    b.output("y", b.input("x", Shape.of(Shape.BATCH, 2), new ElementTypes(
        Shape.of(1, 2), List.of(FixedType.parse("ufixed<3,3>"), FixedType.parse("fixed<4,2>")))));
    Program.Fixed program = new Program.Fixed(new Program.About("net", "", Map.of()), b.build());
    long[] x = TestVectors.of(program, 1).block(1, 1024).get("x");
    assertThat(every(x, 0)).as("0 to 7 in units of a quarter").containsExactly(0, 4, 8, 12, 16, 20, 24, 28);
    assertThat(every(x, 1)).containsExactly(LongStream.rangeClosed(-8, 7).toArray());
  }

  private static long[] every(long[] x, int column) {
    return IntStream.range(0, x.length / 2).mapToLong(i -> x[2 * i + column]).distinct().sorted().toArray();
  }

  @Test
  void typesOf64BitsAreDrawnWhole() {
    Program.Fixed program = FixedPrograms.of(
        Shape.of(Shape.BATCH, 1), FixedType.parse("fixed<64,64>"), b -> x -> x);
    long[] x = TestVectors.of(program, 1).block(1, 1024).get("x");
    assertThat(LongStream.of(x)).contains(Long.MIN_VALUE, Long.MAX_VALUE)
        .anyMatch(v -> v > 1L << 61 && v != Long.MAX_VALUE).anyMatch(v -> v < -1L << 61 && v != Long.MIN_VALUE);
  }

  @Test
  void floatProgramsGetZerosOnesAndFiniteNumbers() {
    Program program = Program.Floating.of(Model.sequential("net", 1, Shape.of(3), Dense.of(2)));
    TestVectors vectors = TestVectors.of(program, 1);
    assertThat(vectors.directed()).isEqualTo(6);
    assertThat(vectors.sample(1).get("x")).containsOnly(Float.floatToIntBits(-0f));
    for (long bits : vectors.block(1, 1024).get("x")) {
      assertThat(Float.intBitsToFloat((int) bits)).isFinite();
    }
  }
}
