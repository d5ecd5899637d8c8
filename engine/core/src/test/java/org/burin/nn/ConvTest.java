package org.burin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.burin.exec.DoubleTensor;
import org.burin.ir.GraphException;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;

class ConvTest {
  /// The element of an image, zero outside of it.
  private static double at(DoubleTensor x, int n, int h, int w, int c) {
    boolean inside = h >= 0 && h < x.shape().dim(1) && w >= 0 && w < x.shape().dim(2);
    return inside ? x.get(n, h, w, c) : 0;
  }

  @Test
  void samePaddingWithStrideAddsTheOddRowBelow() {
    Model m = Runs.of(Shape.of(8, 8, 1), Conv.of2D(8, 3).withStride(2).withPadding(Padding.SAME)
        .withActivation(Activation.RELU));
    DoubleTensor x = Runs.numbers(2, 8, 8, 1);
    DoubleTensor k = Runs.parameter(m, "conv2d/kernel");
    DoubleTensor bias = Runs.parameter(m, "conv2d/bias");

    assertThat(m.parameters().count()).isEqualTo(80);
    Runs.assertClose(Runs.infer(m, x), DoubleTensor.generate(Shape.of(2, 4, 4, 8), i -> {
      double s = bias.get(i[3]);
      for (int h = 0; h < 3; h++) {
        for (int w = 0; w < 3; w++) {
          s += at(x, i[0], 2 * i[1] + h, 2 * i[2] + w, 0) * k.get(h, w, 0, i[3]);
        }
      }
      return Math.max(s, 0);
    }));
  }

  @Test
  void groupsAndDilationAndExplicitPadding() {
    Model m = Runs.of(Shape.of(5, 6, 4), Conv.of2D(6, 2, 3).withGroups(2).withDilation(2)
        .withPadding(Padding.explicit(1, 0, 2, 1)).withBias(false));
    DoubleTensor x = Runs.numbers(1, 5, 6, 4);
    DoubleTensor k = Runs.parameter(m, "conv2d/kernel");

    assertThat(m.parameters().names()).containsExactly("conv2d/kernel");
    assertThat(k.shape()).isEqualTo(Shape.of(2, 3, 2, 6));
    Runs.assertClose(Runs.infer(m, x), DoubleTensor.generate(Shape.of(1, 4, 5, 6), i -> {
      double s = 0;
      for (int h = 0; h < 2; h++) {
        for (int w = 0; w < 3; w++) {
          for (int c = 0; c < 2; c++) {
            s += at(x, 0, i[1] - 1 + 2 * h, i[2] - 2 + 2 * w, 2 * (i[3] / 3) + c) * k.get(h, w, c, i[3]);
          }
        }
      }
      return s;
    }));
  }

  @Test
  void causalConvolutionOfSequencesSeesNoLaterStep() {
    Model m = Runs.of(Shape.of(7, 3), Conv.of1D(4, 3).withDilation(2).withPadding(Padding.CAUSAL));
    DoubleTensor x = Runs.numbers(2, 7, 3);
    DoubleTensor k = Runs.parameter(m, "conv1d/kernel");
    DoubleTensor bias = Runs.parameter(m, "conv1d/bias");

    assertThat(k.shape()).isEqualTo(Shape.of(3, 3, 4));
    Runs.assertClose(Runs.infer(m, x), DoubleTensor.generate(Shape.of(2, 7, 4), i -> {
      double s = bias.get(i[2]);
      for (int t = 0; t < 3; t++) {
        int from = i[1] - 4 + 2 * t;
        for (int c = 0; c < 3 && from >= 0; c++) {
          s += x.get(i[0], from, c) * k.get(t, c, i[2]);
        }
      }
      return s;
    }));
  }

  @Test
  void depthwiseConvolutionKeepsChannelsApart() {
    Model m = Runs.of(Shape.of(4, 4, 3), DepthwiseConv.of2D(3).withMultiplier(2));
    DoubleTensor x = Runs.numbers(2, 4, 4, 3);
    DoubleTensor k = Runs.parameter(m, "depthwise_conv2d/kernel");
    DoubleTensor bias = Runs.parameter(m, "depthwise_conv2d/bias");

    assertThat(m.parameters().count()).isEqualTo(3 * 3 * 3 * 2 + 6);
    Runs.assertClose(Runs.infer(m, x), DoubleTensor.generate(Shape.of(2, 2, 2, 6), i -> {
      double s = bias.get(i[3]);
      for (int h = 0; h < 3; h++) {
        for (int w = 0; w < 3; w++) {
          s += x.get(i[0], i[1] + h, i[2] + w, i[3] / 2) * k.get(h, w, i[3] / 2, i[3] % 2);
        }
      }
      return s;
    }));
  }

  @Test
  void separableConvolutionOfSequencesMixesAfterwards() {
    Model m = Runs.of(Shape.of(6, 2), SeparableConv.of1D(5, 3).withMultiplier(2).withStride(2));
    DoubleTensor x = Runs.numbers(1, 6, 2);
    DoubleTensor spatial = Runs.parameter(m, "separable_conv1d/depthwise_kernel");
    DoubleTensor mixing = Runs.parameter(m, "separable_conv1d/pointwise_kernel");
    DoubleTensor bias = Runs.parameter(m, "separable_conv1d/bias");

    assertThat(m.parameters().count()).isEqualTo(3 * 2 * 2 + 4 * 5 + 5);
    Runs.assertClose(Runs.infer(m, x), DoubleTensor.generate(Shape.of(1, 2, 5), i -> {
      double s = bias.get(i[2]);
      for (int c = 0; c < 4; c++) {
        for (int t = 0; t < 3; t++) {
          s += x.get(0, 2 * i[1] + t, c / 2) * spatial.get(t, c / 2, c % 2) * mixing.get(0, c, i[2]);
        }
      }
      return s;
    }));
  }

  @Test
  void transposedConvolutionSpreadsEveryPixel() {
    Model m = Runs.of(Shape.of(4, 4, 3), ConvTranspose.of2D(2, 3).withStride(2).withPadding(Padding.SAME));
    DoubleTensor x = Runs.numbers(2, 4, 4, 3);
    DoubleTensor k = Runs.parameter(m, "conv2d_transpose/kernel");
    DoubleTensor bias = Runs.parameter(m, "conv2d_transpose/bias");

    assertThat(k.shape()).isEqualTo(Shape.of(3, 3, 2, 3));
    // TensorFlow pads 8x8 images for a window of 3 and a stride of 2 with one row below and one column to the right.
    Runs.assertClose(Runs.infer(m, x), DoubleTensor.generate(Shape.of(2, 8, 8, 2), i -> {
      double s = bias.get(i[3]);
      for (int h = 0; h < 4; h++) {
        for (int w = 0; w < 4; w++) {
          int kh = i[1] - 2 * h;
          int kw = i[2] - 2 * w;
          for (int c = 0; c < 3 && kh >= 0 && kh < 3 && kw >= 0 && kw < 3; c++) {
            s += x.get(i[0], h, w, c) * k.get(kh, kw, i[3], c);
          }
        }
      }
      return s;
    }));
  }

  @Test
  void extentsOfTransposedConvolutions() {
    assertThat(outputOf(ConvTranspose.of2D(1, 3))).isEqualTo("[N,7,7,1]");
    assertThat(outputOf(ConvTranspose.of2D(1, 3).withStride(2))).isEqualTo("[N,11,11,1]");
    assertThat(outputOf(ConvTranspose.of2D(1, 2).withStride(3))).isEqualTo("[N,15,15,1]");
    assertThat(outputOf(ConvTranspose.of2D(1, 2).withStride(3).withPadding(Padding.SAME))).isEqualTo("[N,15,15,1]");
    assertThat(outputOf(ConvTranspose.of2D(1, 4).withStride(2).withPadding(Padding.explicit(1, 1, 0, 1))))
        .isEqualTo("[N,10,11,1]");
    assertThat(Runs.of(Shape.of(5, 2), ConvTranspose.of1D(3, 4).withStride(2)).inference().output("y").shape())
        .hasToString("[N,12,3]");
  }

  private static String outputOf(Layer layer) {
    return Runs.of(Shape.of(5, 5, 2), layer).inference().output("y").shape().toString();
  }

  @Test
  void wrongInputsNameTheLayer() {
    assertThatThrownBy(() -> Model.sequential("m", 1, Shape.of(16), Conv.of2D(8, 3)))
        .isInstanceOf(GraphException.class)
        .hasMessage("layer conv2d: expected images [N,H,W,C], found shape [N,16]");
    assertThatThrownBy(() -> Model.sequential("m", 1, Shape.of(4, 4, 3), Conv.of2D(8, 3).withGroups(2).named("mix")))
        .isInstanceOf(GraphException.class)
        .hasMessage("layer mix: groups must divide the channels, found 2 and 3 of shape [N,4,4,3]");
    assertThatThrownBy(() -> Model.sequential("m", 1, Shape.of(2, 2, 3), Conv.of2D(8, 5)))
        .isInstanceOf(GraphException.class)
        .hasMessageStartingWith("layer conv2d: conv2d %0 %1 ")
        .hasMessageContaining("a window of 5x5")
        .hasMessageEndingWith("does not fit into the image [N,2,2,3]");
  }

  @Test
  void wrongOptionsNameTheLayerAndTheOption() {
    assertThatThrownBy(() -> Conv.of2D(0, 3)).hasMessage("Conv: filters must be at least 1, found 0");
    assertThatThrownBy(() -> Conv.of2D(4, 3).named("c").withGroups(3))
        .hasMessage("Conv 'c': groups must divide the filters, found 3 and 4");
    assertThatThrownBy(() -> Conv.of2D(4, 0)).hasMessage("kernel must be at least 1, found 0x0");
    assertThatThrownBy(() -> Conv.of2D(4, 3).withStride(0)).hasMessage("stride must be at least 1, found 0x0");
    assertThatThrownBy(() -> Conv.of2D(4, 3).withPadding(Padding.CAUSAL))
        .hasMessage("causal padding is for sequences, found it for images");
    assertThatThrownBy(() -> ConvTranspose.of1D(4, 3).withPadding(Padding.CAUSAL))
        .hasMessage("ConvTranspose: there is no causal padding here");
    assertThatThrownBy(() -> Padding.explicit(-1, 0))
        .hasMessage("padding 0,0,-1,0 (top,bottom,left,right) must not be negative");
  }
}
