package org.burin.pass;

import static org.assertj.core.api.Assertions.assertThat;

import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;
import org.junit.jupiter.api.Test;

/// Effective bit operations of small operations, counted by hand.
final class EbopsTest {
  private final FixedGraphBuilder b = new FixedGraphBuilder("g");

  private FixedValue input(String type, int... dims) {
    return b.input("x", Shape.of(dims), FixedType.parse(type));
  }

  private FixedValue constant(Shape shape, long... raw) {
    return b.constant(FixedTensor.of(shape, 0, raw));
  }

  @Test
  void denseWeightsCountFromTheirHighestToTheirLowestDigit() {
    FixedValue x = input("fixed<6,3>", -1, 2);
    // Spans of 0, 1, 4 = "1001" shifted, 3: signs count nowhere.
    FixedValue w = constant(Shape.of(2, 2), 0, 64, 72, -5);
    assertThat(Ebops.of(b.matMul(x, w))).isEqualTo(5 * (0 + 1 + 4 + 3));
    assertThat(Ebops.of(b.matMul(x, constant(Shape.of(2, 2), 0, 72, 64, -5), false, true)))
        .isEqualTo(5 * (0 + 1 + 4 + 3));
  }

  @Test
  void rowsAndSidesOfProductsCountEach() {
    FixedValue x = input("ufixed<3,3>", -1, 4, 2);
    assertThat(Ebops.of(b.matMul(x, constant(Shape.of(2, 3), 1, 1, 1, 1, 1, 1)))).isEqualTo(4 * 6 * 3);
    assertThat(Ebops.of(b.matMul(constant(Shape.of(1, 4), 1, 2, 3, 0), x))).isEqualTo((1 + 1 + 2) * 2 * 3);
    assertThat(Ebops.of(b.matMul(x, x, false, true))).isZero();
  }

  @Test
  void convolutionsCountWhereTheWindowLiesInsideTheImage() {
    FixedValue x = input("ufixed<2,2>", -1, 2, 2, 1);
    FixedValue w = constant(Shape.of(2, 2, 1, 1), 1, 1, 1, 3);
    Window padded = new Window(1, 1, 1, 0, 1, 0, 1, 1);
    // Four windows: taps inside are {3}, {1,3}, {1,3}, {1,1,1,3} with spans 2; 3, 3; 5.
    assertThat(Ebops.of(b.conv2d(x, w, padded, 1))).isEqualTo(2 * (2 + 3 + 3 + 5));
    assertThat(Ebops.of(b.conv2dTranspose(x, w, Window.VALID, 1, 3, 3))).isEqualTo(2 * 4 * 5);
  }

  @Test
  void depthwiseConvolutionsCountEachChannelWithItsOwnKernel() {
    FixedValue x = input("ufixed<2,2>", -1, 1, 1, 2);
    FixedValue w = constant(Shape.of(1, 1, 1, 4), 1, 3, 7, 0);
    assertThat(Ebops.of(b.conv2d(x, w, Window.VALID, 2))).isEqualTo(2 * (1 + 2 + 3));
  }

  @Test
  void elementwiseProductsCountButNotMasks() {
    FixedValue x = input("fixed<5,3>", -1, 2);
    assertThat(Ebops.of(b.mul(x, constant(Shape.of(2), 3, 12)))).isEqualTo(4 * (2 + 2));
    assertThat(Ebops.of(b.mul(x, constant(Shape.of(2), 0, 1)))).isZero();
    assertThat(Ebops.of(b.add(x, constant(Shape.of(2), 3, 12)))).isZero();
  }
}
