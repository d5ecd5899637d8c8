package org.burin.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.fixed.FixedInterpreter;
import org.burin.fixed.FixedInterpreter.Check;
import org.burin.fixed.FixedTensor;
import org.burin.ir.Graph;
import org.burin.ir.IrText;
import org.burin.ir.Op.Input;
import org.burin.ir.Value;
import org.burin.nn.Model;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// Compares a plan, which trains, with the interpreter of what is deployed: raw integer by raw integer.
final class Twins {
  private static final int SAMPLES = 64;

  private Twins() {}

  /// Checks every twin of a model on random samples in [-scale, scale), and on whole numbers below `words` for the inputs of
  /// embeddings if there are any.
  ///
  /// @return the lowered model
  static Lowered check(Model model, float scale, int words) {
    Lowered lowered = model.lower();
    assertThat(lowered.inexact()).as("where float32 may round").isEmpty();
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Value v : model.inference().inputs()) {
      inputs.put(((Input) v.op()).name(), samples(v.shape(), scale, words, v.id()));
    }
    Graph bound = model.inference().bind(SAMPLES);
    Plan plan = Plan.compile(bound, model.parameters().tensors(), PlanOptions.DEFAULT.keepingAll());
    Plan fused = Plan.compile(bound, model.parameters().tensors(), PlanOptions.DEFAULT);
    inputs.forEach((name, t) -> {
      System.arraycopy(t.data(), 0, plan.input(name).data(), 0, t.size());
      System.arraycopy(t.data(), 0, fused.input(name).data(), 0, t.size());
    });
    plan.run();
    fused.run();
    FixedInterpreter.Results exact = FixedInterpreter.runFloats(lowered.fixed(), inputs, Check.ON);
    lowered.twins().forEach((v, twin) ->
        compare(v, plan.value(bound.values().get(v.id())), exact.value(twin)));
    model.inference().outputs().forEach((name, v) -> compare(v, fused.output(name), exact.output(name)));
    return lowered;
  }

  private static Tensor samples(Shape shape, float scale, int words, int seed) {
    Tensor t = Tensor.zeros(shape.bind(SAMPLES));
    long state = 88172645463325252L + seed;
    for (int i = 0; i < t.size(); i++) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
      t.data()[i] = words > 0 ? Math.floorMod(state, words) : (state >> 40) / (float) (1 << 23) * scale;
    }
    return t;
  }

  private static void compare(Value v, Tensor floats, FixedTensor exact) {
    assertThat(exact.shape()).isEqualTo(floats.shape());
    for (int i = 0; i < floats.size(); i++) {
      double raw = Math.scalb((double) floats.data()[i], exact.fraction());
      if (raw != exact.raw()[i]) {
        assertThat(raw).as("%s of layer '%s', element %d", IrText.print(v.op()), v.layer(), i)
            .isEqualTo((double) exact.raw()[i]);
      }
    }
  }
}
