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

/// Matrix products, microseconds each, one thread.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class GemmBenchmark {
  /// Rows of C x columns of C x length of the inner products.
  @Param({"64x64x64", "256x256x256", "1024x1024x1024", "1x64x16", "512x5x32", "32768x8x9", "16384x32x288"})
  public String shape = "";

  @SuppressWarnings("NullAway.Init") // prepare() is called before any benchmark
  private GemmTask task;

  /// A benchmark of the first shape; JMH sets the parameter before [#prepare].
  public GemmBenchmark() {}

  /// Makes the matrices.
  @Setup
  public void prepare() {
    task = new GemmTask(GemmShape.parse(shape));
  }

  /// The product.
  @Benchmark
  public float[] gemm() {
    task.run();
    return task.c();
  }
}
