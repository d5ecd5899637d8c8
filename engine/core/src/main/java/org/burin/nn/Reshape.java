package org.burin.nn;

import java.util.List;
import java.util.stream.IntStream;
import org.burin.ir.Value;
import org.burin.tensor.Shape;

/// Every sample under another shape, in row-major order.
///
/// @param extents extents of a sample; one of them may be -1, for what is left
/// @param name its name, or empty for an automatic one
public record Reshape(List<Integer> extents, String name) implements Layer {
  /// Checks the extents.
  ///
  /// @throws IllegalArgumentException when one is below 1 and not the only -1
  public Reshape {
    extents = List.copyOf(extents);
    long open = extents.stream().filter(e -> e == -1).count();
    if (open > 1 || extents.stream().anyMatch(e -> e < 1 && e != -1)) {
      throw Options.invalid("Reshape", name, "extents must be at least 1, or -1 once, found " + extents);
    }
  }

  /// Samples of these extents; one may be -1, for what is left.
  public static Reshape to(int... extents) {
    return new Reshape(IntStream.of(extents).boxed().toList(), "");
  }

  /// The same layer under a chosen name.
  public Reshape named(String newName) {
    return new Reshape(extents, newName);
  }

  @Override
  public String stem() {
    return "reshape";
  }

  @Override
  public Value build(Net net, Value x) {
    Options.rank(net, x, 1, Shape.MAX_RANK, "samples [N,...]");
    int size = Options.sample(x.shape()).size();
    int known = extents.stream().filter(e -> e != -1).reduce(1, Math::multiplyExact);
    int[] dims = new int[extents.size() + 1];
    dims[0] = x.shape().dim(0);
    for (int i = 0; i < extents.size(); i++) {
      dims[i + 1] = extents.get(i) == -1 ? size / known : extents.get(i);
    }
    Shape to = Shape.of(dims);
    if (Options.sample(to).size() != size) {
      throw net.problem("samples of shape " + Options.sample(x.shape()) + " have " + size
          + " elements, they cannot be reshaped to " + extents);
    }
    return net.graph().reshape(x, to);
  }
}
