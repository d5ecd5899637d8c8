package org.burin.grad;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.burin.exec.DoubleTensor;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.OpSamples;
import org.burin.ir.OpSamples.Sample;
import org.burin.ir.Value;
import org.burin.tensor.TestRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operation's rule against finite differences, on random shapes; a failure prints the sample's seed.
class OpGradientTest {
  static Stream<Long> seeds() {
    return LongStream.rangeClosed(1, 6).boxed();
  }

  /// The sample with the output `loss`: its result times random numbers, summed.
  private static Graph withLoss(Sample sample) {
    GraphBuilder b = GraphBuilder.continuing(sample.graph());
    Value y = sample.graph().output("y");
    b.output("loss", b.sum(b.mul(y, b.constant(new TestRandom(5).tensor(y.shape(), 0.5f, 2)))));
    return b.build();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void gradientsAgreeWithFiniteDifferences(long seed) {
    for (Sample s : OpSamples.of(seed)) {
      if (s.differentiable()) {
        GradientCheck.Report report = GradientCheck.run(
            withLoss(s), "loss", DoubleTensor.all(s.inputs()), DoubleTensor.all(s.parameters()));
        assertThat(report.passed()).as("%s: %s", s, report).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void secondDerivativesAgreeWithFiniteDifferences(long seed) {
    for (Sample s : OpSamples.of(seed)) {
      if (s.differentiable()) {
        Graph g = withLoss(s);
        GradientCheck.Report report = GradientCheck.second(
            g, "loss", g.parameters(), DoubleTensor.all(s.inputs()), DoubleTensor.all(s.parameters()), seed);
        assertThat(report.passed()).as("%s: %s", s, report).isTrue();
      }
    }
  }
}
