package org.burin.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Convolution layers on batches of 256 images, microseconds a batch, one thread.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ConvBenchmark {
  /// Which layer.
  @Param
  public ConvTask.Case layer = ConvTask.Case.CNN_1;

  @SuppressWarnings("NullAway.Init") // prepare() is called before any benchmark
  private ConvTask task;

  /// A benchmark of the first layer; JMH sets the parameter before [#prepare].
  public ConvBenchmark() {}

  /// Makes images and kernel, and the activations that the ways back start from.
  @Setup
  public void prepare() {
    task = new ConvTask(layer);
    task.forward();
  }

  /// Convolution, bias and ReLU.
  @Benchmark
  public float[] forward() {
    return task.forward();
  }

  /// Gradient with respect to the images.
  @Benchmark
  public float[] backwardImage() {
    return task.backwardImage();
  }

  /// Gradient with respect to the kernel.
  @Benchmark
  public float[] backwardKernel() {
    return task.backwardKernel();
  }
}
