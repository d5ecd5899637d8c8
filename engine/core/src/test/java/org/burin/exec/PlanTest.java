package org.burin.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.burin.ir.GraphBuilder;
import org.burin.ir.GraphException;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PlanTest {
  @Test
  void denseLayerWithBiasAndReluIsOneStep() {
    GraphBuilder b = new GraphBuilder("dense");
    Value x = b.input("x", Shape.of(-1, 2));
    Value w = b.parameter("w", Shape.of(2, 3));
    Value bias = b.parameter("b", Shape.of(3));
    b.output("y", b.relu(b.add(b.matMul(x, w), bias)));
    Map<String, Tensor> parameters = Map.of(
        "w", Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6), "b", Tensor.vector(-100, 0, 1));
    Plan plan = Plan.compile(b.build().bind(2), parameters, PlanOptions.DEFAULT);
    System.arraycopy(new float[] {1, 0, 1, -1}, 0, plan.input("x").data(), 0, 4);
    plan.run();
    assertThat(plan.output("y").data()).containsExactly(0, 2, 4, 0, 0, 0);
    assertThat(plan.toString()).contains("1 steps").contains("+ bias, relu");
  }

  @Test
  void updatesSeeTheOldParametersAndAreWrittenInPlace() {
    GraphBuilder b = new GraphBuilder("swap");
    Value p = b.parameter("p", Shape.of(3));
    Value q = b.parameter("q", Shape.of(3));
    Value r = b.parameter("r", Shape.of(3));
    b.update("p", q);
    b.update("q", p);
    b.update("r", b.add(b.mul(r, p), b.constant(1)));
    b.output("old", p);
    Map<String, Tensor> parameters = new HashMap<>();
    parameters.put("p", Tensor.vector(1, 2, 3));
    parameters.put("q", Tensor.vector(4, 5, 6));
    parameters.put("r", Tensor.vector(1, 1, 2));
    Plan plan = Plan.compile(b.build(), parameters, PlanOptions.DEFAULT);
    plan.run();
    assertThat(parameters.get("p")).isEqualTo(Tensor.vector(4, 5, 6));
    assertThat(parameters.get("q")).isEqualTo(Tensor.vector(1, 2, 3));
    assertThat(parameters.get("r")).isEqualTo(Tensor.vector(2, 3, 7));
    assertThat(plan.output("old")).isEqualTo(Tensor.vector(1, 2, 3));
  }

  @Test
  void guardStopsTheUpdates() {
    for (int threads : new int[] {1, 2}) {
      GraphBuilder b = new GraphBuilder("guarded");
      Value x = b.input("x", Shape.of(200_000));
      Value p = b.parameter("p", Shape.of(200_000));
      b.output("loss", b.sum(b.mul(x, p)));
      b.update("p", b.binary(BinaryFn.MAX, p, x));
      Tensor parameter = Tensor.full(Shape.of(200_000), 1);
      Plan plan = Plan.compile(
          b.build(), Map.of("p", parameter), PlanOptions.DEFAULT.withGuard("loss").withThreads(threads));
      plan.input("x").data()[7] = Float.POSITIVE_INFINITY;
      assertThatThrownBy(plan::run).isInstanceOf(NonFiniteException.class).hasMessage("output 'loss' is Infinity");
      assertThat(parameter.data()[7]).isEqualTo(1);
      plan.input("x").data()[7] = 3;
      plan.run();
      assertThat(parameter.data()[7]).isEqualTo(3);
    }
  }

  @Test
  void missingAndMisshapenParametersAreNamed() {
    GraphBuilder b = new GraphBuilder("net");
    b.output("y", b.parameter("dense/kernel", Shape.of(2)));
    assertThatThrownBy(() -> Plan.compile(b.build(), Map.of(), PlanOptions.DEFAULT))
        .isInstanceOf(GraphException.class)
        .hasMessage("graph 'net' needs a parameter 'dense/kernel' of shape [2]; there are []");
    assertThatThrownBy(
            () -> Plan.compile(b.build(), Map.of("dense/kernel", Tensor.vector(1)), PlanOptions.DEFAULT))
        .hasMessage("graph 'net' needs parameter 'dense/kernel' with shape [2], found [1]");
  }
}
