package org.burin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
  @Test
  void extentsWithoutPadding() {
    assertThat(Window.VALID.outHeight(5, 3)).isEqualTo(3);
    assertThat(Window.valid(2, 3, 1, 1).outHeight(6, 3)).isEqualTo(2);
    assertThat(Window.valid(2, 3, 1, 1).outWidth(9, 3)).isEqualTo(3);
    assertThat(Window.valid(1, 1, 2, 2).outHeight(5, 3)).isEqualTo(1);
    assertThat(Window.VALID.outWidth(2, 3)).isZero();
  }

  /// TensorFlow's rule: the output has ceil(extent / stride), and what is odd goes to the end.
  @ParameterizedTest
  @CsvSource({"5,3,1,1,1,1", "5,2,1,1,0,1", "6,3,2,1,0,1", "7,3,2,1,1,1", "5,3,1,2,2,2", "4,5,1,1,2,2", "4,1,3,1,0,0"})
  void samePadding(int extent, int kernel, int stride, int dilation, int before, int after) {
    Window w = Window.same(extent, 1, kernel, 1, stride, 1, dilation, 1);
    assertThat(w).isEqualTo(new Window(stride, 1, before, after, 0, 0, dilation, 1));
    assertThat(w.outHeight(extent, kernel)).isEqualTo((extent + stride - 1) / stride);
    Window across = Window.same(1, extent, 1, kernel, 1, stride, 1, dilation);
    assertThat(across).isEqualTo(new Window(1, stride, 0, 0, before, after, 1, dilation));
    assertThat(across.outWidth(extent, kernel)).isEqualTo((extent + stride - 1) / stride);
  }

  @Test
  void whatIsNoWindowIsRefused() {
    assertThatThrownBy(() -> new Window(0, 1, 0, 0, 0, 0, 1, 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("strides 0x1 and dilations 1x1 must be at least 1");
    assertThatThrownBy(() -> new Window(1, 1, 0, -1, 0, 0, 1, 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("padding 0,-1,0,0 (top,bottom,left,right) must not be negative");
  }
}
