package org.burin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.burin.tensor.ConvSpec;
import org.burin.tensor.FloatMath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/// Every workload runs and computes what it should; nothing is timed.
class WorkloadsTest {
  static final Iterable<GemmShape> SHAPES = GemmShape.ALL;

  @ParameterizedTest
  @FieldSource("SHAPES")
  void product(GemmShape shape) {
    GemmTask task = new GemmTask(shape);
    task.run();
    int stride = Math.max(1, shape.m() * shape.n() / 100);
    for (int at = 0; at < shape.m() * shape.n(); at += stride) {
      double expected = 0;
      for (int p = 0; p < shape.k(); p++) {
        expected += (double) task.a()[at / shape.n() * shape.k() + p] * task.b()[p * shape.n() + at % shape.n()];
      }
      assertThat((double) task.c()[at]).isCloseTo(expected, within(shape.k() * 1e-7));
    }
  }

  @Test
  void shapesAreReadAsTheyArePrinted() {
    for (GemmShape shape : GemmShape.ALL) {
      assertThat(GemmShape.parse(shape.toString())).isEqualTo(shape);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> GemmShape.parse("12x3"))
        .withMessage("expected a shape MxNxK such as 512x64x16, found '12x3'");
  }

  @ParameterizedTest
  @EnumSource
  void convolution(ConvTask.Case layer) {
    ConvTask task = new ConvTask(layer);
    float[] y = task.forward();
    ConvSpec spec = task.spec();
    for (int at = 0; at < y.length; at += y.length / 50) {
      assertThat((double) y[at]).isCloseTo(Math.max(0, sum(task, at)), within(1e-3));
    }
    // A convolution is linear in image and kernel: <x, dx> and <w, dw> are both <conv(x, w), y>, and y is the
    // convolution plus the bias wherever it is not 0.
    double product = 0;
    for (int i = 0; i < y.length; i++) {
      product += (double) y[i] * (y[i] - task.bias()[i % spec.filters()]);
    }
    double tolerance = 1e-4 * product;
    assertThat(dot(task.image(), task.backwardImage())).isCloseTo(product, within(tolerance));
    assertThat(dot(task.kernel(), task.backwardKernel())).isCloseTo(product, within(tolerance));
  }

  /// The definition of one element before ReLU, in double.
  private static double sum(ConvTask task, int at) {
    ConvSpec s = task.spec();
    int filter = at % s.filters();
    int column = at / s.filters() % s.outWidth();
    int row = at / s.filters() / s.outWidth() % s.outHeight();
    int image = at / s.filters() / s.outWidth() / s.outHeight();
    double sum = task.bias()[filter];
    for (int kh = 0; kh < s.kernelH(); kh++) {
      for (int kw = 0; kw < s.kernelW(); kw++) {
        int h = row + kh - s.window().top();
        int w = column + kw - s.window().left();
        if (h < 0 || h >= s.height() || w < 0 || w >= s.width()) {
          continue;
        }
        for (int c = 0; c < s.channels(); c++) {
          sum += (double) task.image()[((image * s.height() + h) * s.width() + w) * s.channels() + c]
              * task.kernel()[((kh * s.kernelW() + kw) * s.channels() + c) * s.filters() + filter];
        }
      }
    }
    return sum;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource
  void trainingStep(BenchmarkNet net) {
    StepTask one = new StepTask(net, 1);
    StepTask two = new StepTask(net, 2);
    one.run();
    two.run();
    float first = one.loss();
    assertThat(two.loss()).isEqualTo(first);
    one.run();
    two.run();
    assertThat(one.loss()).isLessThan(first);
    assertThat(two.loss()).isEqualTo(one.loss());
  }

  @Test
  void elementwiseKernels() {
    int rows = 512;
    int columns = 64;
    float[] x = Numbers.uniform(rows * columns, 1, -1, 1);
    float[] g = Numbers.uniform(rows * columns, 2, -1, 1);
    ElementwiseBenchmark task = new ElementwiseBenchmark();
    float[] add = task.add().clone();
    float[] multiplyAdd = task.multiplyAdd().clone();
    float[] relu = task.relu().clone();
    float[] reluMask = task.reluMask().clone();
    float[] exp = task.exp().clone();
    float[] tanh = task.tanh().clone();
    float[] softmax = task.softmax().clone();
    float[] columnSums = task.sumRows().clone();
    float[] rowSums = task.sumColumns().clone();
    for (int i = 0; i < x.length; i++) {
      assertThat(add[i]).isEqualTo(x[i] + g[i]);
      assertThat(multiplyAdd[i]).isEqualTo(Math.fma(x[i], g[i], x[i]));
      assertThat(relu[i]).isEqualTo(x[i] > 0 ? x[i] : 0);
      assertThat(reluMask[i]).isEqualTo(x[i] > 0 ? g[i] : 0);
      assertThat(exp[i]).isEqualTo(FloatMath.exp(x[i]));
      assertThat(tanh[i]).isEqualTo(FloatMath.tanh(x[i]));
    }
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      double shares = 0;
      for (int i = row * columns; i < (row + 1) * columns; i++) {
        sum += x[i];
        shares += softmax[i];
      }
      assertThat((double) rowSums[row]).isCloseTo(sum, within(1e-4));
      assertThat(shares).isCloseTo(1, within(1e-5));
    }
    for (int column = 0; column < columns; column++) {
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += x[row * columns + column];
      }
      assertThat((double) columnSums[column]).isCloseTo(sum, within(1e-3));
    }
  }

  @Test
  void benchmarksPrepareWhatTheirParametersSay() {
    GemmBenchmark gemm = new GemmBenchmark();
    gemm.shape = "64x8x9";
    gemm.prepare();
    assertThat(gemm.gemm()).hasSize(64 * 8);
    ConvBenchmark conv = new ConvBenchmark();
    conv.layer = ConvTask.Case.EMD_1;
    conv.prepare();
    assertThat(conv.backwardKernel()).hasSize(5 * 5 * 6 * 32);
    TrainingStepBenchmark step = new TrainingStepBenchmark();
    step.prepare();
    assertThat(step.step()).isPositive();
  }
}
