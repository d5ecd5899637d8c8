package org.burin.bench;

import org.burin.tensor.ConvSpec;
import org.burin.tensor.Kernels;
import org.burin.tensor.Window;

/// One convolution layer by the engine's kernels, forward and both ways back.
public final class ConvTask {
  /// The convolutions of the networks measured here, for batches of 256 images.
  public enum Case {
    /// first layer of [BenchmarkNet#CNN]
    CNN_1(8, 2, 3, 32),
    /// second layer of [BenchmarkNet#CNN]
    CNN_2(8, 32, 3, 32),
    /// third layer of [BenchmarkNet#CNN]
    CNN_3(4, 32, 3, 64),
    /// first layer of [BenchmarkNet#EMD_CNN]
    EMD_1(4, 6, 5, 32),
    /// second and third layer of [BenchmarkNet#EMD_CNN]
    EMD_2(4, 32, 5, 32);

    private final int extent;
    private final int channels;
    private final int kernel;
    private final int filters;

    Case(int extent, int channels, int kernel, int filters) {
      this.extent = extent;
      this.channels = channels;
      this.kernel = kernel;
      this.filters = filters;
    }

    private ConvSpec spec() {
      Window same = Window.same(extent, extent, kernel, kernel, 1, 1, 1, 1);
      return new ConvSpec(256, extent, extent, channels, kernel, kernel, filters, 1, same);
    }
  }

  private final Kernels kernels = Kernels.best();
  private final ConvSpec spec;
  private final float[] image;
  private final float[] kernel;
  private final float[] bias;
  private final float[] result;
  private final float[] imageGradient;
  private final float[] kernelGradient;
  private final float[] scratch;

  /// A layer of this shape, its numbers random.
  public ConvTask(Case layer) {
    spec = layer.spec();
    int pixels = spec.batch() * spec.outHeight() * spec.outWidth();
    image = Numbers.uniform(spec.batch() * spec.height() * spec.width() * spec.channels(), 1, 0, 1);
    kernel = Numbers.uniform(spec.kernelH() * spec.kernelW() * spec.channels() * spec.filters(), 2, -1, 1);
    bias = Numbers.uniform(spec.filters(), 3, -1, 1);
    result = new float[pixels * spec.filters()];
    imageGradient = new float[image.length];
    kernelGradient = new float[kernel.length];
    scratch = new float[kernels.convScratch(spec)];
  }

  ConvSpec spec() {
    return spec;
  }

  float[] image() {
    return image;
  }

  float[] kernel() {
    return kernel;
  }

  float[] bias() {
    return bias;
  }

  /// Convolution, bias and ReLU.
  ///
  /// @return the activations `[batch,height,width,filters]`
  public float[] forward() {
    kernels.conv2d(spec, image, 0, kernel, 0, result, 0, true, bias, 0, true, 0, spec.batch(), scratch, 0);
    return result;
  }

  /// The gradient with respect to the image, of what [#forward] left.
  ///
  /// @return `[batch,height,width,channels]`
  public float[] backwardImage() {
    kernels.conv2dTranspose(spec, result, 0, kernel, 0, imageGradient, 0, 0, spec.batch(), scratch, 0);
    return imageGradient;
  }

  /// The gradient with respect to the kernel, of what [#forward] left.
  ///
  /// @return `[kernelHeight,kernelWidth,channels,filters]`
  public float[] backwardKernel() {
    int rows = spec.kernelH() * spec.kernelW() * spec.channels();
    kernels.conv2dKernel(spec, image, 0, result, 0, kernelGradient, 0, 0, rows, scratch, 0);
    return kernelGradient;
  }
}
