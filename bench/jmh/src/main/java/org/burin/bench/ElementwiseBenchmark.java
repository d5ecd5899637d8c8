package org.burin.bench;

import java.util.concurrent.TimeUnit;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.Kernels;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.UnaryFn;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Element-wise kernels and reductions over a matrix of 512 x 64 numbers, microseconds each, one thread.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ElementwiseBenchmark {
  private static final int ROWS = 512;
  private static final int COLUMNS = 64;
  private static final int SIZE = ROWS * COLUMNS;

  private final Kernels kernels = Kernels.best();
  private final float[] x = Numbers.uniform(SIZE, 1, -1, 1);
  private final float[] g = Numbers.uniform(SIZE, 2, -1, 1);
  private final float[] y = new float[SIZE];
  private final float[] folded = new float[ROWS];

  /// A benchmark on random numbers.
  public ElementwiseBenchmark() {}

  /// `x + g`.
  @Benchmark
  public float[] add() {
    kernels.binary(BinaryFn.ADD, x, 0, g, 0, y, 0, SIZE);
    return y;
  }

  /// `x * g + x`.
  @Benchmark
  public float[] multiplyAdd() {
    kernels.multiplyAdd(x, 0, g, 0, x, 0, y, 0, SIZE);
    return y;
  }

  /// ReLU.
  @Benchmark
  public float[] relu() {
    kernels.unary(UnaryFn.RELU, x, 0, y, 0, SIZE);
    return y;
  }

  /// The gradient of ReLU.
  @Benchmark
  public float[] reluMask() {
    kernels.reluMask(x, 0, g, 0, y, 0, SIZE);
    return y;
  }

  /// `e^x`.
  @Benchmark
  public float[] exp() {
    kernels.unary(UnaryFn.EXP, x, 0, y, 0, SIZE);
    return y;
  }

  /// Hyperbolic tangent.
  @Benchmark
  public float[] tanh() {
    kernels.unary(UnaryFn.TANH, x, 0, y, 0, SIZE);
    return y;
  }

  /// The sum of every column.
  @Benchmark
  public float[] sumRows() {
    kernels.reduceRows(ReduceFn.SUM, ROWS, COLUMNS, x, 0, folded, 0, 0, COLUMNS);
    return folded;
  }

  /// The sum of every row.
  @Benchmark
  public float[] sumColumns() {
    kernels.reduceColumns(ReduceFn.SUM, ROWS, COLUMNS, x, 0, folded, 0, 0, ROWS);
    return folded;
  }

  /// The softmax of every row.
  @Benchmark
  public float[] softmax() {
    kernels.softmax(ROWS, COLUMNS, x, 0, y, 0, 0, ROWS);
    return y;
  }
}
