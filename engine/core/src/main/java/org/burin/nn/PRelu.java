package org.burin.nn;

import java.util.List;
import java.util.stream.IntStream;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.Shape;

/// `x > 0 ? x : alpha * x` with trained `alpha`: He et al., "Delving deep into rectifiers", ICCV 2015.
///
/// `alpha` has the shape of a sample; along shared axes its extent is 1.
///
/// @param sharedAxes axes along which there is one alpha; 0 is the batch, 1 the first of a sample
/// @param initializer how alpha is filled
/// @param name its name, or empty for an automatic one
public record PRelu(List<Integer> sharedAxes, Initializer initializer, String name) implements Layer {
  /// Copies the list and checks it.
  ///
  /// @throws IllegalArgumentException when an axis is below 1
  public PRelu {
    sharedAxes = List.copyOf(sharedAxes);
    for (int axis : sharedAxes) {
      Options.atLeast(1, axis, "PRelu", name, "shared axes");
    }
  }

  /// One alpha for every position, zeros at first.
  public static PRelu of() {
    return new PRelu(List.of(), Initializer.zeros(), "");
  }

  /// The same layer with one alpha along these axes, such as 1 and 2 of images.
  public PRelu withSharedAxes(int... axes) {
    return new PRelu(IntStream.of(axes).boxed().toList(), initializer, name);
  }

  /// The same layer with an alpha that starts otherwise.
  public PRelu withInitializer(Initializer newInitializer) {
    return new PRelu(sharedAxes, newInitializer, name);
  }

  /// The same layer under a chosen name.
  public PRelu named(String newName) {
    return new PRelu(sharedAxes, initializer, newName);
  }

  @Override
  public String stem() {
    return "p_relu";
  }

  @Override
  public Value build(Net net, Value x) {
    Shape shape = Options.sample(Options.rank(net, x, 2, Shape.MAX_RANK, "features [N,...,C]"));
    for (int axis : sharedAxes) {
      if (axis > shape.rank()) {
        throw net.problem("there is no axis " + axis + " to share along in shape " + x.shape());
      }
      shape = shape.with(axis - 1, 1);
    }
    GraphBuilder b = net.graph();
    Value alpha = net.parameter("alpha", shape, initializer);
    return b.sub(b.relu(x), b.mul(alpha, b.relu(b.neg(x))));
  }
}
