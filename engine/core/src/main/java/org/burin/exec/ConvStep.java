package org.burin.exec;

import java.util.List;
import org.burin.tensor.ConvSpec;
import org.burin.tensor.Kernels;

/// A convolution or one of its two adjoints.
final class ConvStep extends Step {
  /// Which of the three.
  enum Kind {
    /// reads image and kernel, writes output
    FORWARD,
    /// reads output gradient and kernel, writes image gradient
    TRANSPOSE,
    /// reads image and output gradient, writes kernel gradient
    KERNEL
  }

  private final Kind kind;
  private final ConvSpec spec;
  private final Buffer first;
  private final Buffer second;
  private final Buffer result;
  private final Buffer bias;
  private final boolean hasBias;
  private final boolean relu;

  /// @param bias a row of `spec.filters()` numbers, or any buffer if there is none
  ConvStep(
      String name, Kind kind, ConvSpec spec, Buffer first, Buffer second, Buffer bias, boolean hasBias, boolean relu,
      Buffer result) {
    super(name, hasBias ? List.of(first, second, bias) : List.of(first, second), List.of(result),
        (long) spec.batch() * spec.outHeight() * spec.outWidth() * spec.filters() * spec.kernelH() * spec.kernelW()
            * (spec.channels() / spec.groups()));
    this.kind = kind;
    this.spec = spec;
    this.first = first;
    this.second = second;
    this.result = result;
    this.bias = bias;
    this.hasBias = hasBias;
    this.relu = relu;
  }

  @Override
  int scratch(Kernels kernels) {
    return kernels.convScratch(spec);
  }

  @Override
  void run(Kernels k, int worker, int workers, float[] scratch) {
    int extent = kind == Kind.KERNEL
        ? spec.kernelH() * spec.kernelW() * (spec.channels() / spec.groups())
        : spec.batch();
    int from = from(extent, 1, worker, workers);
    int to = from(extent, 1, worker + 1, workers);
    if (from == to) {
      return;
    }
    switch (kind) {
      case FORWARD -> k.conv2d(spec, first.array(), first.offset(), second.array(), second.offset(), result.array(),
          result.offset(), hasBias, bias.array(), bias.offset(), relu, from, to, scratch, 0);
      case TRANSPOSE -> k.conv2dTranspose(spec, first.array(), first.offset(), second.array(), second.offset(),
          result.array(), result.offset(), from, to, scratch, 0);
      case KERNEL -> k.conv2dKernel(spec, first.array(), first.offset(), second.array(), second.offset(),
          result.array(), result.offset(), from, to, scratch, 0);
    }
  }
}
