package org.burin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {
  @Test
  void extentsSizeAndStrides() {
    Shape s = Shape.of(2, 3, 4);
    assertThat(s.rank()).isEqualTo(3);
    assertThat(s.size()).isEqualTo(24);
    assertThat(s.strides()).containsExactly(12, 4, 1);
    assertThat(s.dim(1)).isEqualTo(3);
    assertThat(s.dim(-1)).isEqualTo(4);
    assertThat(s.with(-2, 7)).isEqualTo(Shape.of(2, 7, 4));
    assertThat(Shape.SCALAR.size()).isEqualTo(1);
    assertThat(Shape.of()).isSameAs(Shape.SCALAR);
    assertThat(Shape.of(3, 0).size()).isZero();
  }

  @Test
  void isImmutable() {
    int[] dims = {2, 3};
    Shape s = Shape.of(dims);
    dims[0] = 9;
    s.dims()[1] = 9;
    assertThat(s).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"[]", "[5]", "[N,16]", "[2,3,4]", "[2,N]"})
  void printingAndParsingAreInverse(String text) {
    assertThat(Shape.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"''", "2,3", "[2,]", "[a]", "[2", "[1.5]"})
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> Shape.parse(text)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a shape such as [N,16], found '" + text + "'");
  }

  @Test
  void theBatchSizeIsBoundOnce() {
    Shape s = Shape.of(Shape.BATCH, 16);
    assertThat(s.isBound()).isFalse();
    assertThat(s.batchAxis()).isZero();
    assertThat(s.bind(8)).isEqualTo(Shape.of(8, 16));
    assertThat(Shape.of(4).bind(8)).isEqualTo(Shape.of(4));
    assertThatThrownBy(s::size).isInstanceOf(IllegalStateException.class)
        .hasMessage("shape [N,16] has an unbound batch size N; bind it first");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "[2,3] | [2,3] | [2,3]",
      "[2,3] | [3]   | [2,3]",
      "[2,1] | [1,3] | [2,3]",
      "[]    | [4]   | [4]",
      "[N,1] | [3]   | [N,3]",
      "[1]   | [N,3] | [N,3]",
      "[0]   | [1]   | [0]",
  })
  void shapesBroadcastAsInNumPy(String a, String b, String result) {
    Shape expected = Shape.parse(result);
    assertThat(Shape.broadcast(Shape.parse(a), Shape.parse(b))).isEqualTo(expected);
    assertThat(Shape.broadcast(Shape.parse(b), Shape.parse(a))).isEqualTo(expected);
    assertThat(Shape.parse(a).broadcastsTo(expected)).isTrue();
    assertThat(Shape.parse(b).broadcastsTo(expected)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "[2,3] | [2]   | shapes [2,3] and [2] do not broadcast: 3 against 2 at axis 1 of 2",
      "[N,3] | [4,3] | shapes [N,3] and [4,3] do not broadcast: N against 4 at axis 0 of 2",
      "[N,1] | [1,N] | shape [N,N] has the batch size N more than once",
  })
  void shapesThatDoNotAgree(String a, String b, String message) {
    assertThatThrownBy(() -> Shape.broadcast(Shape.parse(a), Shape.parse(b)))
        .isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void broadcastingDoesNotShrink() {
    assertThat(Shape.of(2, 3).broadcastsTo(Shape.of(3))).isFalse();
    assertThat(Shape.of(2).broadcastsTo(Shape.of(1))).isFalse();
    assertThat(Shape.of(3).broadcastsTo(Shape.of(3, 2))).isFalse();
  }

  @Test
  void whatIsNoShapeIsRefused() {
    assertThatThrownBy(() -> Shape.of(1, 1, 1, 1, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape [1,1,1,1,1,1,1] has 7 dimensions; at most 6 are supported");
    assertThatThrownBy(() -> Shape.of(2, -3)).hasMessage("shape [2,-3] has the negative extent -3");
    assertThatThrownBy(() -> Shape.of(65536, 65536))
        .hasMessage("shape [65536,65536] has more than 2147483647 elements");
    assertThatThrownBy(() -> Shape.of(-1, -1)).hasMessage("shape [N,N] has the batch size N more than once");
    assertThatThrownBy(() -> Shape.of(2).dim(1)).hasMessage("shape [2] has no axis 1");
    assertThatThrownBy(() -> Shape.of(2).dim(-2)).hasMessage("shape [2] has no axis -2");
  }
}
