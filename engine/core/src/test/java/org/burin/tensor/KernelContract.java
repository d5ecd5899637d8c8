package org.burin.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What an implementation of [Kernels] must do, whatever its insides: the bits of the definition, and nothing written
/// outside the asked range.
abstract class KernelContract {
  private static final float CANARY = 12345.678f;
  private static final int PAD = 5;

  private final Kernels definition = new DefinitionKernels();
  private final Kernels kernels;
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);

  KernelContract(Kernels kernels) {
    this.kernels = kernels;
  }

  static List<int[]> gemmShapes() {
    return List.of(
        new int[] {1, 1, 1}, new int[] {1, 64, 16}, new int[] {64, 8, 9}, new int[] {67, 5, 32}, new int[] {9, 4, 3},
        new int[] {33, 16, 128}, new int[] {70, 32, 18}, new int[] {64, 64, 64}, new int[] {3, 17, 5},
        new int[] {13, 24, 31}, new int[] {50, 33, 7}, new int[] {17, 47, 65}, new int[] {256, 1, 40},
        new int[] {2, 100, 400}, new int[] {65, 129, 130}, new int[] {205, 70, 390}, new int[] {40, 1060, 20},
        new int[] {100, 96, 800}, new int[] {7, 7, 0}, new int[] {0, 3, 2}, new int[] {16, 5, 1030},
        new int[] {8, 300, 5}, new int[] {12, 64, 64}, new int[] {31, 9, 9},
        new int[] {7, 72, 12}, new int[] {3, 64, 5}, new int[] {1, 150, 40}, new int[] {45, 5, 33}, new int[] {45, 8, 9});
  }

  @ParameterizedTest
  @MethodSource("gemmShapes")
  void gemmHasTheBitsOfItsDefinition(int[] shape) {
    for (int variant = 0; variant < 32; variant++) {
      boolean transA = (variant & 1) != 0;
      boolean transB = (variant & 2) != 0;
      boolean accumulate = (variant & 4) != 0;
      boolean bias = (variant & 8) != 0;
      boolean relu = (variant & 16) != 0;
      int m = shape[0];
      int n = shape[1];
      int k = shape[2];
      int slack = variant % 3;
      GemmSpec spec = new GemmSpec(
          m, n, k, transA, transB, (transA ? m : k) + slack, (transB ? k : n) + slack, n + slack, accumulate, bias, relu);
      checkGemm(spec, 0, m, 0, n);
      checkGemm(spec, m / 3, m - m / 4, n / 4, n - n / 3);
    }
  }

  private void checkGemm(GemmSpec spec, int rowFrom, int rowTo, int colFrom, int colTo) {
    float[] a = numbers(PAD + Math.max(1, (spec.transA() ? spec.k() : spec.m()) * spec.lda()));
    float[] b = numbers(PAD + Math.max(1, (spec.transB() ? spec.n() : spec.k()) * spec.ldb()));
    float[] bias = numbers(PAD + spec.n());
    float[] c = numbers(2 * PAD + spec.m() * spec.ldc());
    float[] expected = c.clone();
    float[] scratch = scratch(kernels.gemmScratch(spec));
    definition.gemm(
        spec, a, PAD, b, PAD, expected, PAD, bias, PAD, rowFrom, rowTo, colFrom, colTo, scratch, PAD);
    kernels.gemm(spec, a, PAD, b, PAD, c, PAD, bias, PAD, rowFrom, rowTo, colFrom, colTo, scratch, PAD);
    assertSameBits(c, expected, spec);
    assertScratchKept(scratch);
  }

  @Test
  void gemmIsCloseToFloat64() {
    GemmSpec spec = GemmSpec.of(37, 41, 500, false, false);
    float[] a = numbers(spec.m() * spec.k());
    float[] b = numbers(spec.k() * spec.n());
    float[] c = new float[spec.m() * spec.n()];
    kernels.gemm(
        spec, a, 0, b, 0, c, 0, c, 0, 0, spec.m(), 0, spec.n(), new float[kernels.gemmScratch(spec)], 0);
    for (int i = 0; i < spec.m(); i++) {
      for (int j = 0; j < spec.n(); j++) {
        double exact = 0;
        double magnitude = 0;
        for (int p = 0; p < spec.k(); p++) {
          double product = (double) a[i * spec.k() + p] * b[p * spec.n() + j];
          exact += product;
          magnitude += Math.abs(product);
        }
        // k roundings, each at most half a unit of a partial sum no larger than the sum of magnitudes.
        double bound = spec.k() * 0x1p-24 * 1.0001 * magnitude;
        assertThat(Math.abs(c[i * spec.n() + j] - exact)).isLessThanOrEqualTo(bound);
      }
    }
  }

  static List<ConvSpec> convShapes() {
    Window dilated = new Window(1, 1, 2, 2, 2, 2, 2, 2);
    return List.of(
        conv(3, 8, 8, 2, 3, 3, 32, 1, 1), conv(3, 8, 8, 32, 3, 3, 32, 1, 1), conv(2, 4, 4, 32, 3, 3, 64, 1, 1),
        conv(5, 4, 4, 6, 5, 5, 32, 1, 1), conv(3, 4, 4, 32, 5, 5, 32, 1, 1), conv(2, 8, 8, 1, 3, 3, 8, 1, 2),
        conv(9, 4, 4, 6, 5, 5, 32, 1, 1), conv(11, 6, 5, 3, 3, 3, 5, 1, 2), conv(10, 5, 5, 6, 3, 3, 8, 2, 1),
        conv(20, 8, 8, 16, 3, 3, 40, 1, 1), conv(2, 7, 5, 3, 3, 2, 5, 1, 1), conv(2, 9, 10, 4, 3, 3, 6, 2, 2), conv(2, 6, 6, 8, 3, 3, 8, 8, 1),
        conv(2, 6, 7, 20, 3, 3, 20, 20, 2), conv(2, 5, 5, 4, 3, 3, 12, 4, 1), conv(4, 5, 6, 16, 1, 1, 24, 1, 1),
        conv(2, 5, 6, 7, 1, 1, 9, 1, 2), conv(2, 1, 30, 3, 1, 5, 10, 1, 1), conv(2, 12, 12, 18, 3, 3, 40, 1, 1),
        new ConvSpec(2, 6, 6, 3, 3, 3, 7, 1, dilated), new ConvSpec(9, 6, 6, 3, 3, 3, 7, 1, dilated), new ConvSpec(2, 7, 6, 5, 3, 3, 17, 1, Window.VALID),
        new ConvSpec(2, 5, 5, 2, 2, 2, 3, 1, new Window(3, 2, 1, 0, 0, 3, 1, 1)),
        new ConvSpec(2, 4, 4, 48, 4, 4, 33, 3, Window.VALID),
        new ConvSpec(2, 6, 6, 2, 1, 1, 3, 1, new Window(2, 2, 1, 1, 1, 1, 1, 1)));
  }

  private static ConvSpec conv(
      int batch, int height, int width, int channels, int kernelH, int kernelW, int filters, int groups, int stride) {
    return new ConvSpec(
        batch, height, width, channels, kernelH, kernelW, filters, groups,
        Window.same(height, width, kernelH, kernelW, stride, stride, 1, 1));
  }

  @ParameterizedTest
  @MethodSource("convShapes")
  void conv2dHasTheBitsOfItsDefinition(ConvSpec spec) {
    float[] x = numbers(PAD + imageSize(spec) * spec.batch());
    float[] w = numbers(PAD + kernelRows(spec) * spec.filters());
    float[] bias = numbers(PAD + spec.filters());
    for (int variant = 0; variant < 4; variant++) {
      boolean hasBias = (variant & 1) != 0;
      boolean relu = (variant & 2) != 0;
      for (int from = 0; from < 2; from++) {
        float[] y = numbers(2 * PAD + outSize(spec) * spec.batch());
        float[] expected = y.clone();
        float[] scratch = scratch(kernels.convScratch(spec));
        int to = spec.batch() - from / 2;
        definition.conv2d(
            spec, x, PAD, w, PAD, expected, PAD, hasBias, bias, PAD, relu, from, to, scratch, PAD);
        kernels.conv2d(spec, x, PAD, w, PAD, y, PAD, hasBias, bias, PAD, relu, from, to, scratch, PAD);
        assertSameBits(y, expected, spec);
        assertScratchKept(scratch);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("convShapes")
  void conv2dTransposeHasTheBitsOfItsDefinition(ConvSpec spec) {
    float[] y = numbers(PAD + outSize(spec) * spec.batch());
    float[] w = numbers(PAD + kernelRows(spec) * spec.filters());
    for (int from = 0; from < 2; from++) {
      float[] x = numbers(2 * PAD + imageSize(spec) * spec.batch());
      float[] expected = x.clone();
      float[] scratch = scratch(kernels.convScratch(spec));
      definition.conv2dTranspose(spec, y, PAD, w, PAD, expected, PAD, from, spec.batch(), scratch, PAD);
      kernels.conv2dTranspose(spec, y, PAD, w, PAD, x, PAD, from, spec.batch(), scratch, PAD);
      assertSameBits(x, expected, spec);
      assertScratchKept(scratch);
    }
  }

  @ParameterizedTest
  @MethodSource("convShapes")
  void conv2dKernelHasTheBitsOfItsDefinition(ConvSpec spec) {
    float[] x = numbers(PAD + imageSize(spec) * spec.batch());
    float[] y = numbers(PAD + outSize(spec) * spec.batch());
    int rows = kernelRows(spec);
    for (int part = 0; part < 2; part++) {
      float[] w = numbers(2 * PAD + rows * spec.filters());
      float[] expected = w.clone();
      float[] scratch = scratch(kernels.convScratch(spec));
      int from = part * (rows / 3);
      int to = rows - part * (rows / 4);
      definition.conv2dKernel(spec, x, PAD, y, PAD, expected, PAD, from, to, scratch, PAD);
      kernels.conv2dKernel(spec, x, PAD, y, PAD, w, PAD, from, to, scratch, PAD);
      assertSameBits(w, expected, spec);
      assertScratchKept(scratch);
    }
  }

  private static int imageSize(ConvSpec spec) {
    return spec.height() * spec.width() * spec.channels();
  }

  private static int outSize(ConvSpec spec) {
    return spec.outHeight() * spec.outWidth() * spec.filters();
  }

  private static int kernelRows(ConvSpec spec) {
    return spec.kernelH() * spec.kernelW() * (spec.channels() / spec.groups());
  }

  @ParameterizedTest
  @EnumSource(UnaryFn.class)
  void unaryHasTheBitsOfItsDefinition(UnaryFn fn) {
    float[] x = withSpecials(numbers(300));
    for (int n : new int[] {0, 1, 7, 16, 33, 270}) {
      float[] y = filled(320);
      float[] expected = filled(320);
      definition.unary(fn, x, 3, expected, 5, n);
      kernels.unary(fn, x, 3, y, 5, n);
      assertSameBits(y, expected, fn + " of " + n);
      float[] inPlace = x.clone();
      kernels.unary(fn, inPlace, 3, inPlace, 3, n);
      assertSameBits(Arrays.copyOfRange(inPlace, 3, 3 + n), Arrays.copyOfRange(expected, 5, 5 + n), fn);
    }
  }

  @ParameterizedTest
  @EnumSource(BinaryFn.class)
  void binaryHasTheBitsOfItsDefinition(BinaryFn fn) {
    float[] a = withSpecials(numbers(300));
    float[] b = numbers(300);
    for (int i = 0; i < b.length; i++) {
      b[i] = i % 5 == 0 ? a[i] : i % 7 == 0 ? a[i * 37 % 300] : b[i];
    }
    for (int n : new int[] {0, 1, 7, 16, 33, 270}) {
      float[] c = filled(320);
      float[] expected = filled(320);
      definition.binary(fn, a, 3, b, 4, expected, 5, n);
      kernels.binary(fn, a, 3, b, 4, c, 5, n);
      assertSameBits(c, expected, fn + " of " + n);
      for (float s : new float[] {-0f, 0f, 1.5f, Float.NaN, Float.POSITIVE_INFINITY, a[3], -2f}) {
        definition.binaryScalar(fn, a, 3, s, expected, 5, n);
        kernels.binaryScalar(fn, a, 3, s, c, 5, n);
        assertSameBits(c, expected, fn + " with " + s);
        definition.scalarBinary(fn, s, a, 3, expected, 5, n);
        kernels.scalarBinary(fn, s, a, 3, c, 5, n);
        assertSameBits(c, expected, s + " with " + fn);
      }
    }
  }

  @Test
  void selectReluMaskAndMultiplyAddHaveTheBitsOfTheirDefinitions() {
    float[] a = withSpecials(numbers(300));
    float[] b = numbers(300);
    float[] c = numbers(300);
    for (int n : new int[] {0, 1, 15, 16, 17, 290}) {
      float[] y = filled(320);
      float[] expected = filled(320);
      definition.select(a, 3, b, 4, c, 5, expected, 6, n);
      kernels.select(a, 3, b, 4, c, 5, y, 6, n);
      assertSameBits(y, expected, "select");
      definition.reluMask(a, 3, b, 4, expected, 6, n);
      kernels.reluMask(a, 3, b, 4, y, 6, n);
      assertSameBits(y, expected, "reluMask");
      definition.multiplyAdd(a, 3, b, 4, c, 5, expected, 6, n);
      kernels.multiplyAdd(a, 3, b, 4, c, 5, y, 6, n);
      assertSameBits(y, expected, "multiplyAdd");
    }
  }

  static List<int[]> matrices() {
    return List.of(
        new int[] {1, 1}, new int[] {20, 5}, new int[] {7, 16}, new int[] {3, 17}, new int[] {33, 31}, new int[] {5, 100},
        new int[] {19, 2}, new int[] {50, 16}, new int[] {90, 7}, new int[] {70, 65}, new int[] {2, 1000}, new int[] {1030, 5}, new int[] {40, 10});
  }

  @ParameterizedTest
  @MethodSource("matrices")
  void reductionsAndSoftmaxHaveTheBitsOfTheirDefinitions(int[] shape) {
    int rows = shape[0];
    int columns = shape[1];
    for (boolean specials : new boolean[] {false, true}) {
      float[] x = numbers(PAD + rows * columns);
      if (specials) {
        x[PAD + rows * columns / 2] = Float.NaN;
        x[PAD + rows * columns / 3] = Float.POSITIVE_INFINITY;
        x[PAD + rows * columns / 5] = -0f;
      }
      int size = 2 * PAD + rows * columns + rows + columns;
      float[] y = filled(size);
      float[] expected = filled(size);
      int rowFrom = rows / 4;
      int rowTo = rows - rows / 5;
      for (ReduceFn fn : ReduceFn.values()) {
        definition.reduceRows(fn, rows, columns, x, PAD, expected, PAD, columns / 4, columns);
        kernels.reduceRows(fn, rows, columns, x, PAD, y, PAD, columns / 4, columns);
        assertSameBits(y, expected, fn + " of rows");
        definition.reduceColumns(fn, rows, columns, x, PAD, expected, PAD, rowFrom, rowTo);
        kernels.reduceColumns(fn, rows, columns, x, PAD, y, PAD, rowFrom, rowTo);
        assertSameBits(y, expected, fn + " of columns");
      }
      definition.logSoftmax(rows, columns, x, PAD, expected, PAD, rowFrom, rowTo);
      kernels.logSoftmax(rows, columns, x, PAD, y, PAD, rowFrom, rowTo);
      assertSameBits(y, expected, "logSoftmax");
      definition.softmax(rows, columns, x, PAD, expected, PAD, rowFrom, rowTo);
      kernels.softmax(rows, columns, x, PAD, y, PAD, rowFrom, rowTo);
      assertSameBits(y, expected, "softmax");
    }
  }

  @ParameterizedTest
  @MethodSource("matrices")
  void transposeMovesEveryElement(int[] shape) {
    int rows = shape[0];
    int columns = shape[1];
    float[] x = numbers(PAD + rows * columns);
    float[] y = filled(2 * PAD + rows * columns);
    float[] expected = y.clone();
    definition.transpose(rows, columns, x, PAD, expected, PAD, rows / 4, rows);
    kernels.transpose(rows, columns, x, PAD, y, PAD, rows / 4, rows);
    assertSameBits(y, expected, "transpose");
  }

  private float[] numbers(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextFloat(-2f, 2f);
    }
    return x;
  }

  private static float[] withSpecials(float[] x) {
    float[] specials = {
      0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, -Float.MIN_VALUE,
      Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_NORMAL, 0.5f, -0.5f, 1.5f, 2.5f, -1.5f, 0x1p23f, -0x1p23f, 0x1p22f,
      0x1.fffffep22f, 8388607.5f, 100f, -100f, 88.72f, 88.73f, -87.4f, -103.9f, -104f, 1f, -1f, 3e9f, 1e-30f, 9.1f
    };
    for (int i = 0; i < specials.length; i++) {
      x[3 + i * 7] = specials[i];
    }
    return x;
  }

  private static float[] filled(int n) {
    float[] x = new float[n];
    Arrays.fill(x, CANARY);
    return x;
  }

  /// Scratch space of exactly the needed size between canaries, full of a NaN that would show in any result.
  private static float[] scratch(int size) {
    float[] scratch = filled(size + 2 * PAD);
    Arrays.fill(scratch, PAD, PAD + size, Float.NaN);
    return scratch;
  }

  private static void assertScratchKept(float[] scratch) {
    for (int i = 0; i < PAD; i++) {
      assertThat(scratch[i]).isEqualTo(CANARY);
      assertThat(scratch[scratch.length - 1 - i]).isEqualTo(CANARY);
    }
  }

  private void assertSameBits(float[] actual, float[] expected, Object what) {
    for (int i = 0; i < expected.length; i++) {
      // The contract of convolutions leaves the sign of a zero open.
      if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])
          && !(what instanceof ConvSpec && actual[i] == 0f && expected[i] == 0f)) {
        throw new AssertionError(kernels.name() + ", " + what + ": element " + i + " is " + actual[i] + ", expected "
            + expected[i]);
      }
    }
  }
}
