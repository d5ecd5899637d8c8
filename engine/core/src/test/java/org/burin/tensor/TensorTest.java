package org.burin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void elementsStandInRowMajorOrder() {
    float[] data = {0, 1, 2, 3, 4, 5};
    Tensor t = Tensor.of(Shape.of(2, 3), data);
    assertThat(t.get(1, 0)).isEqualTo(3);
    assertThat(t.data()).isSameAs(data);
    assertThat(t.reshape(Shape.of(3, 2)).get(1, 0)).isEqualTo(2);
    assertThat(t.reshape(Shape.of(6)).data()).isSameAs(data);
    assertThat(t.copy()).isEqualTo(t);
    assertThat(t.copy().data()).isNotSameAs(data);
    assertThat(Tensor.matrix(new float[][] {{0, 1, 2}, {3, 4, 5}})).isEqualTo(t).hasSameHashCodeAs(t);
  }

  @Test
  void factories() {
    assertThat(Tensor.scalar(3).item()).isEqualTo(3);
    assertThat(Tensor.vector(1, 2).shape()).isEqualTo(Shape.of(2));
    assertThat(Tensor.full(Shape.of(2), 7).data()).containsExactly(7, 7);
    assertThat(Tensor.zeros(Shape.of(0, 2)).size()).isZero();
    assertThat(Tensor.matrix(new float[0][]).shape()).isEqualTo(Shape.of(0, 0));
  }

  @Test
  void equalityIsThatOfBits() {
    assertThat(Tensor.scalar(Float.NaN)).isEqualTo(Tensor.scalar(Float.NaN));
    assertThat(Tensor.scalar(0f)).isNotEqualTo(Tensor.scalar(-0f));
    assertThat(Tensor.scalar(1)).isNotEqualTo(Tensor.vector(1));
  }

  @Test
  void printsShortAxesWholeAndLongOnesInPart() {
    assertThat(Tensor.scalar(1.5f)).hasToString("f32[] 1.5");
    assertThat(Tensor.zeros(Shape.of(0))).hasToString("f32[0] []");
    assertThat(Tensor.of(Shape.of(2, 2), 1, 2, 3, 4)).hasToString("f32[2,2] [[1.0, 2.0], [3.0, 4.0]]");
    assertThat(Tensor.vector(0, 1, 2, 3, 4, 5, 6, 7)).hasToString("f32[8] [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]");
    assertThat(Tensor.vector(0, 1, 2, 3, 4, 5, 6, 7, 8))
        .hasToString("f32[9] [0.0, 1.0, 2.0, 3.0, ..., 5.0, 6.0, 7.0, 8.0]");
    assertThat(Tensor.zeros(Shape.of(1000, 1000)).toString().length()).isLessThan(1000);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Tensor.of(Shape.of(2, 2), 1, 2, 3)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape [2,2] has 4 elements, the array has 3");
    assertThatThrownBy(() -> Tensor.matrix(new float[][] {{1}, {1, 2}}))
        .hasMessage("row 1 has 2 numbers, row 0 has 1");
    Tensor t = Tensor.zeros(Shape.of(2, 3));
    assertThatThrownBy(() -> t.get(1)).hasMessage("shape [2,3] needs 2 positions, found [1]");
    assertThatThrownBy(() -> t.get(0, 3)).hasMessage("position [0, 3] is outside shape [2,3]");
    assertThatThrownBy(() -> t.get(-1, 0)).hasMessage("position [-1, 0] is outside shape [2,3]");
    assertThatThrownBy(t::item).isInstanceOf(IllegalStateException.class)
        .hasMessage("a tensor of shape [2,3] is not a single number");
  }
}
