package org.burin.nn;

import java.util.List;
import java.util.stream.IntStream;
import org.burin.ir.Value;

/// Reorders the axes of every sample. Axes are counted as in Keras: 0 is the batch, which stays, 1 the first of a
/// sample.
///
/// @param order axis `i + 1` of the result is axis `order[i]` of the input
/// @param name its name, or empty for an automatic one
public record Permute(List<Integer> order, String name) implements Layer {
  /// Checks the order.
  ///
  /// @throws IllegalArgumentException when it is not one of the axes from 1 on
  public Permute {
    order = List.copyOf(order);
    if (!order.stream().sorted().toList().equals(IntStream.rangeClosed(1, order.size()).boxed().toList())) {
      throw Options.invalid("Permute", name, "expected each axis from 1 on once, found " + order);
    }
  }

  /// Axes of samples in this order, the first being 1.
  public static Permute of(int... order) {
    return new Permute(IntStream.of(order).boxed().toList(), "");
  }

  /// The same layer under a chosen name.
  public Permute named(String newName) {
    return new Permute(order, newName);
  }

  @Override
  public String stem() {
    return "permute";
  }

  @Override
  public Value build(Net net, Value x) {
    Options.rank(net, x, order.size() + 1, order.size() + 1, "samples with " + order.size() + " axes for the order "
        + order);
    int[] permutation = new int[order.size() + 1];
    for (int i = 0; i < order.size(); i++) {
      permutation[i + 1] = order.get(i);
    }
    return net.graph().transpose(x, permutation);
  }
}
