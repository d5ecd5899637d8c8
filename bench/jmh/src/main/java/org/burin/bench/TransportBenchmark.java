package org.burin.bench;

import java.util.concurrent.TimeUnit;
import org.burin.transport.EarthMover;
import org.burin.transport.Formulation;
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

/// Exact earth mover's distances on 48 cells, microseconds for each pair, one thread.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class TransportBenchmark {
  private static final int PAIRS = 500;

  /// Number of cells that are not empty, in each histogram.
  @Param({"10", "20", "30", "48"})
  public int support;

  private final EarthMover mover = new EarthMover(TransportPairs.module(), new Formulation.Normalized());
  private final double[] u = new double[TransportPairs.CELLS];
  private final double[] v = new double[TransportPairs.CELLS];
  private double[][] x = {};
  private double[][] y = {};

  /// A benchmark of one support; JMH sets the parameter before [#prepare].
  public TransportBenchmark() {}

  /// Draws the histograms.
  @Setup
  public void prepare() {
    x = TransportPairs.histograms(PAIRS, support, 1);
    y = TransportPairs.histograms(PAIRS, support, 2);
  }

  /// Distances.
  ///
  /// @return their sum
  @Benchmark
  @OperationsPerInvocation(PAIRS)
  public double distance() {
    double sum = 0;
    for (int k = 0; k < PAIRS; k++) {
      sum += mover.distance(x[k], y[k]);
    }
    return sum;
  }

  /// Distances and their gradients.
  ///
  /// @return the sum of the distances
  @Benchmark
  @OperationsPerInvocation(PAIRS)
  public double gradient() {
    double sum = 0;
    for (int k = 0; k < PAIRS; k++) {
      sum += mover.gradient(x[k], y[k], u, v);
    }
    return sum;
  }
}
