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

/// Training steps, microseconds each.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class TrainingStepBenchmark {
  /// Which network.
  @Param
  public BenchmarkNet net = BenchmarkNet.JETS;

  /// How many threads share a step.
  @Param({"1", "2"})
  public int threads = 1;

  @SuppressWarnings("NullAway.Init") // prepare() is called before any benchmark
  private StepTask task;

  /// A benchmark of the first network; JMH sets the parameters before [#prepare].
  public TrainingStepBenchmark() {}

  /// Compiles the step.
  @Setup
  public void prepare() {
    task = new StepTask(net, threads);
  }

  /// Forward, backward, Adam.
  ///
  /// @return the loss
  @Benchmark
  public float step() {
    task.run();
    return task.loss();
  }
}
