package org.burin.train;

import java.util.Map;
import org.burin.exec.NonFiniteException;
import org.burin.exec.Plan;
import org.burin.ir.Graph;
import org.burin.ir.IrText;
import org.burin.ir.Op.Constant;
import org.burin.ir.Op.Input;
import org.burin.ir.Op.Parameter;
import org.burin.ir.Value;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// Finds where a NaN or an infinity was born.
final class Diagnosis {
  private Diagnosis() {}

  /// Runs the plan, whose loss is not finite, and names the first tensor that is not, in the order: parameters, inputs,
  /// values.
  ///
  /// @param plan a plan of the graph that keeps all values and guards the loss, its inputs filled
  static String of(Graph graph, Plan plan, Map<String, Tensor> parameters) {
    for (Map.Entry<String, Tensor> p : parameters.entrySet()) {
      int at = firstNonFinite(p.getValue().data());
      if (at >= 0) {
        return "parameter '" + p.getKey() + "' holds " + element(p.getValue(), at)
            + " since an earlier update; lower the learning rate or clip the gradients";
      }
    }
    try {
      plan.run();
    } catch (NonFiniteException _) {
      // Expected: the values are kept, the parameters unchanged.
    }
    for (Value v : graph.values()) {
      if (v.op() instanceof Parameter || v.op() instanceof Constant) {
        continue;
      }
      Tensor t = v.op() instanceof Input(var name, _) ? plan.input(name) : plan.value(v);
      int at = firstNonFinite(t.data());
      if (at >= 0 && v.op() instanceof Input(var name, _)) {
        return "input '" + name + "' of the batch holds " + element(t, at) + "; correct the data";
      }
      if (at >= 0) {
        String where = v.layer().isEmpty() ? "the model outside of any layer" : "layer " + v.layer();
        return "it begins in " + where + ", where " + v + " = " + IrText.print(v.op()) + " gives " + element(t, at)
            + "; check the range of its operands, lower the learning rate or clip the gradients";
      }
    }
    return "no single operation gives it when the step is run again";
  }

  /// The position of the first NaN or infinity, or -1.
  static int firstNonFinite(float[] x) {
    for (int i = 0; i < x.length; i++) {
      if (!Float.isFinite(x[i])) {
        return i;
      }
    }
    return -1;
  }

  /// One element with its position, such as `NaN at [3,1] of [32,5]`.
  static String element(Tensor t, int flat) {
    Shape shape = t.shape();
    StringBuilder position = new StringBuilder("[");
    int[] strides = shape.strides();
    int rest = flat;
    for (int i = 0; i < strides.length; i++) {
      position.append(i == 0 ? "" : ",").append(rest / strides[i]);
      rest %= strides[i];
    }
    return t.data()[flat] + " at " + position.append(']') + " of " + shape;
  }
}
