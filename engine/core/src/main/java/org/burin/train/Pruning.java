package org.burin.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.burin.nn.Model;
import org.burin.nn.Parameters;
import org.burin.quant.Pruned;
import org.burin.tensor.Tensor;

/// Prunes the smallest weights while training goes on: after every so many steps it sets the masks of [Pruned].
///
/// The part that is pruned after step t follows a polynomial (Zhu and Gupta, "To prune, or not to prune", 2017,
/// equation 1): `s(t) = last + (first - last) (1 - (t - begin) / (end - begin))^power`, from `begin` to `end`; with
/// [#magnitude] the power is 3. Within a mask of weights, or of all masks together, those of the smallest |w| are
/// pruned; within a mask of neurons or filters, those of the smallest mean |w|. Of equal ones the first goes first. A
/// tensor of a mask loses at most all units but one.
///
/// It depends on the weights and the step alone, and the masks are states of the model: resumed training gives the same
/// bits. A weight that was pruned may come back when others have become smaller; its number was kept.
///
/// @param model the model, as it is trained
/// @param first the part pruned at `begin`, from 0 to below 1
/// @param last the part pruned from `end` on, from `first` to below 1
/// @param begin the step from which on is pruned, at least 0
/// @param end the step of the last pruning, behind `begin`
/// @param every the number of steps between two prunings, at least 1
/// @param power the exponent, at least 1
/// @param global whether all masks are seen together, rather than each by itself
public record Pruning(
    Model model, double first, double last, long begin, long end, long every, int power, boolean global)
    implements Callback {
  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException when one is not kept, or the model has no masks
  public Pruning {
    Ranges.fraction("pruning", "first part", first);
    Ranges.fraction("pruning", "last part", last);
    Ranges.atLeast(0, "pruning", "first step", begin);
    Ranges.atLeast(begin + 1, "pruning", "last step", end);
    Ranges.atLeast(1, "pruning", "number of steps between prunings", every);
    Ranges.atLeast(1, "pruning", "power", power);
    if (last < first) {
      throw new IllegalArgumentException("pruning: the last part is " + last + "; expected at least the first, " + first);
    }
    if (kernels(model.parameters()).isEmpty()) {
      throw new IllegalArgumentException("pruning: model '" + model.name() + "' has no masks of kernels; give its "
          + "layers a kernel quantizer such as Pruned.weights(Quantizer.NONE)");
    }
  }

  /// From nothing at step `begin` to `part` at step `end`, each mask by itself, every 100 steps.
  public static Pruning magnitude(Model model, double part, long begin, long end) {
    return new Pruning(model, 0, part, begin, end, 100, 3, false);
  }

  /// The same with another number of steps between two prunings.
  public Pruning withEvery(long steps) {
    return new Pruning(model, first, last, begin, end, steps, power, global);
  }

  /// The same, but with all masks seen together: layers whose weights are small lose more.
  public Pruning globally() {
    return new Pruning(model, first, last, begin, end, every, power, true);
  }

  /// The part that is pruned after a step.
  public double part(long step) {
    double left = 1 - Math.clamp((double) (step - begin) / (end - begin), 0, 1);
    return last + (first - last) * StepMath.power(left, power);
  }

  @Override
  public void onStep(long step, float loss) {
    if (step >= begin && step <= end && ((step - begin) % every == 0 || step == end)) {
      prune(part(step));
    }
  }

  /// What is kept or pruned as one.
  ///
  /// @param mask the mask that it is in
  /// @param index its place there
  /// @param size how large its weights are
  private record Unit(Tensor mask, int index, double size) {}

  private void prune(double part) {
    Parameters p = model.parameters();
    List<List<Unit>> groups = new ArrayList<>();
    for (String kernel : kernels(p)) {
      List<Unit> units = units(p.get(kernel + Pruned.MASK), p.get(kernel));
      if (global && !groups.isEmpty()) {
        groups.getFirst().addAll(units);
      } else {
        groups.add(units);
      }
    }
    for (List<Unit> group : groups) {
      group.sort((a, b) -> Double.compare(a.size, b.size));
      long pruned = Math.round(part * group.size());
      for (int i = 0; i < group.size(); i++) {
        group.get(i).mask.data()[group.get(i).index] = i < pruned ? 0 : 1;
      }
    }
    kernels(p).forEach(kernel -> keepOne(p.get(kernel + Pruned.MASK), units(p.get(kernel + Pruned.MASK), p.get(kernel))));
    biases(p);
  }

  private static List<Unit> units(Tensor mask, Tensor weights) {
    int rows = weights.size() / mask.size();
    float[] w = weights.data();
    List<Unit> units = new ArrayList<>(mask.size());
    for (int i = 0; i < mask.size(); i++) {
      // A mask of outputs has one number for each position of the last axis.
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += Math.abs(w[row * mask.size() + i]);
      }
      units.add(new Unit(mask, i, sum / rows));
    }
    return units;
  }

  /// A layer without any weights would cut the network.
  private static void keepOne(Tensor mask, List<Unit> units) {
    boolean empty = IntStream.range(0, mask.size()).allMatch(i -> mask.data()[i] == 0);
    if (empty) {
      Unit largest = units.getFirst();
      for (Unit u : units) {
        largest = u.size > largest.size ? u : largest;
      }
      mask.data()[largest.index] = 1;
    }
  }

  /// The bias of an output that is pruned goes with it.
  private static void biases(Parameters p) {
    for (String kernel : kernels(p)) {
      String bias = kernel.substring(0, kernel.length() - "kernel".length()) + "bias" + Pruned.MASK;
      Tensor mask = p.get(kernel + Pruned.MASK);
      if (kernel.endsWith("kernel") && p.contains(bias) && p.get(bias).size() == mask.size()) {
        System.arraycopy(mask.data(), 0, p.get(bias).data(), 0, mask.size());
      }
    }
  }

  /// The weights that have masks, but for biases.
  private static List<String> kernels(Parameters p) {
    return p.names().stream()
        .filter(n -> n.endsWith(Pruned.MASK) && p.kind(n) == Parameters.Kind.STATE)
        .map(n -> n.substring(0, n.length() - Pruned.MASK.length()))
        .filter(n -> p.contains(n) && !n.endsWith("bias"))
        .toList();
  }
}
