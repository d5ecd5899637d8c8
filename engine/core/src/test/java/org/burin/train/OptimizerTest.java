package org.burin.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// Every optimizer against its formula in double, on the gradients `g(step) = sin(step + i)` of two elements.
class OptimizerTest {
  private static final int STEPS = 25;
  private static final double RATE = 0.02;

  /// One element's state in double.
  private static final class Element {
    double p;
    double a;
    double b;
    double c;
  }

  /// One update in double.
  private interface Rule {
    void update(Element e, double g, int step);
  }

  @Test
  void sgd() {
    check(Optimizer.sgd(), (e, g, t) -> e.p -= RATE * g);
  }

  @Test
  void sgdWithMomentum() {
    check(Optimizer.sgd().withMomentum(0.9), (e, g, t) -> {
      e.a = 0.9 * e.a - RATE * g;
      e.p += e.a;
    });
    check(Optimizer.sgd().withMomentum(0.9).withNesterov(), (e, g, t) -> {
      e.a = 0.9 * e.a - RATE * g;
      e.p += 0.9 * e.a - RATE * g;
    });
  }

  @Test
  void adam() {
    check(Optimizer.adam(), (e, g, t) -> adam(e, g, t, 0));
    check(Optimizer.adamW(), (e, g, t) -> adam(e, g, t, 0.004));
  }

  private static void adam(Element e, double g, int t, double decay) {
    e.p -= RATE * decay * e.p;
    e.a = 0.9 * e.a + 0.1 * g;
    e.b = 0.999 * e.b + 0.001 * g * g;
    double rate = RATE * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
    e.p -= rate * e.a / (Math.sqrt(e.b) + 1e-7);
  }

  @Test
  void rmsProp() {
    check(Optimizer.rmsProp(), (e, g, t) -> {
      e.a = 0.9 * e.a + 0.1 * g * g;
      e.p -= RATE * g / Math.sqrt(e.a + 1e-7);
    });
    check(Optimizer.rmsProp().withMomentum(0.5).withCentering(), (e, g, t) -> {
      e.a = 0.9 * e.a + 0.1 * g * g;
      e.b = 0.9 * e.b + 0.1 * g;
      e.c = 0.5 * e.c + RATE * g / Math.sqrt(e.a - e.b * e.b + 1e-7);
      e.p -= e.c;
    });
  }

  @Test
  void slotsAreNamedAfterOptimizerAndParameter() {
    assertThat(built(Optimizer.adam()).slots().keySet()).containsExactly("adam/m/dense/kernel", "adam/v/dense/kernel");
    assertThat(built(Optimizer.sgd()).slots()).isEmpty();
    assertThat(built(Optimizer.sgd().withMomentum(0.5)).slots().keySet()).containsExactly("sgd/velocity/dense/kernel");
  }

  @Test
  void rangesAreChecked() {
    assertThatIllegalArgumentException().isThrownBy(() -> Optimizer.adam().withBetas(0.9, 1))
        .withMessage("adam: the beta2 is 1.0; expected a number from 0 to below 1");
    assertThatIllegalArgumentException().isThrownBy(() -> Optimizer.sgd().withLearningRate(-1))
        .withMessage("sgd: the learning rate is -1.0; expected a positive number");
  }

  @Test
  void clipping() {
    Tensor small = Tensor.vector(0.3f, -0.4f);
    Tensor large = Tensor.vector(3, -4);
    assertThat(clipped(Clipping.none(), small, large)).containsExactly(small, large);
    assertThat(clipped(Clipping.byValue(0.35), small, large))
        .containsExactly(Tensor.vector(0.3f, -0.35f), Tensor.vector(0.35f, -0.35f));
    assertThat(clipped(Clipping.byNorm(1), small, large)).containsExactly(small, Tensor.vector(0.6f, -0.8f));
    List<Tensor> global = clipped(Clipping.byGlobalNorm(2.5), small, large);
    double factor = 2.5 / Math.sqrt(25.25);
    assertThat(global.get(0).get(0)).isCloseTo((float) (0.3 * factor), within(1e-6f));
    assertThat(global.get(1).get(1)).isCloseTo((float) (-4 * factor), within(1e-6f));
    assertThat(clipped(Clipping.byGlobalNorm(10), small, large)).containsExactly(small, large);
    assertThat(clipped(Clipping.byValue(1), Tensor.vector(Float.NaN, 2), large).getFirst())
        .isEqualTo(Tensor.vector(Float.NaN, 1));
  }

  private static List<Tensor> clipped(Clipping clipping, Tensor... gradients) {
    GraphBuilder b = new GraphBuilder("clip");
    List<Value> inputs = new ArrayList<>();
    for (int i = 0; i < gradients.length; i++) {
      inputs.add(b.input("g" + i, gradients[i].shape()));
    }
    List<Value> results = clipping.apply(b, inputs);
    for (int i = 0; i < gradients.length; i++) {
      b.output("c" + i, results.get(i));
    }
    Plan plan = Plan.compile(b.build(), Map.of(), PlanOptions.DEFAULT);
    List<Tensor> found = new ArrayList<>();
    for (int i = 0; i < gradients.length; i++) {
      System.arraycopy(gradients[i].data(), 0, plan.input("g" + i).data(), 0, gradients[i].size());
    }
    plan.run();
    for (int i = 0; i < gradients.length; i++) {
      found.add(plan.output("c" + i).copy());
    }
    return found;
  }

  private static UpdateBuilder built(Optimizer optimizer) {
    GraphBuilder b = new GraphBuilder("step");
    UpdateBuilder u = new UpdateBuilder(b);
    optimizer.update(u, b.parameter("dense/kernel", Shape.of(2)), b.input("g", Shape.of(2)));
    return u;
  }

  private static void check(Optimizer optimizer, Rule rule) {
    UpdateBuilder u = built(optimizer);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("dense/kernel", Tensor.vector(0.5f, -0.25f));
    u.slots().forEach((name, slot) -> tensors.put(name, Tensor.full(slot.shape(), slot.initial())));
    Plan plan = Plan.compile(u.graph().build(), new HashMap<>(tensors), PlanOptions.DEFAULT);
    Element[] expected = {new Element(), new Element()};
    expected[0].p = 0.5;
    expected[1].p = -0.25;
    for (int step = 1; step <= STEPS; step++) {
      int t = step;
      u.scalars().forEach((name, formula) -> plan.input(name).data()[0] = (float) formula.of(t, RATE));
      for (int i = 0; i < 2; i++) {
        float g = (float) Math.sin(step + i);
        plan.input("g").data()[i] = g;
        rule.update(expected[i], g, step);
      }
      plan.run();
      for (int i = 0; i < 2; i++) {
        assertThat((double) tensors.get("dense/kernel").get(i)).as(optimizer.describe() + " step " + step)
            .isCloseTo(expected[i].p, within(3e-6));
      }
    }
  }
}
