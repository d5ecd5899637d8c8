package org.burin.bench;

import java.util.concurrent.TimeUnit;
import org.burin.backend.jvm.Inference;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Generated classes, nanoseconds for each sample, floats in and floats out.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(3)
public class InferenceBenchmark {
  private static final int SAMPLES = 1000;

  /// Which network.
  @Param
  public InferenceNet net = InferenceNet.JETS_DENSE;

  @SuppressWarnings("NullAway.Init") // prepare() is called before any benchmark
  private Inference inference;

  private float[] in = {};
  private float[] out = {};

  /// A benchmark of one network; JMH sets the parameters before [#prepare].
  public InferenceBenchmark() {}

  /// Compiles the network.
  @Setup
  public void prepare() {
    inference = net.compile();
    in = net.samples(SAMPLES);
    out = new float[net.outputs() * SAMPLES];
  }

  /// One sample after another; each waits for the one before, a number of which goes into its input.
  ///
  /// @return an output
  @Benchmark
  public float chained() {
    in[0] = out[0];
    inference.infer(in, out);
    return out[1];
  }

  /// A thousand samples in one call.
  ///
  /// @return an output
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public float batch() {
    inference.infer(SAMPLES, in, out);
    return out[1];
  }
}
