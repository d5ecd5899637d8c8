package org.burin.nn;

import java.util.List;
import java.util.stream.IntStream;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.Tensor;

/// A recurrent layer over sequences from both ends: Schuster and Paliwal, "Bidirectional recurrent neural networks",
/// 1997.
///
/// Results of the second, backward layer are put in the order of time before they are merged with the first one's.
///
/// @param layer the forward layer; the backward one is like it, with parameters of its own
/// @param merge how the two results become one
/// @param name its name, or empty for an automatic one
public record Bidirectional(Recurrent layer, Merge merge, String name) implements Layer {
  /// Both results end to end along the last axis.
  public static Bidirectional of(Recurrent layer) {
    return new Bidirectional(layer, Merge.concat(), "");
  }

  /// The same layer with another merger.
  public Bidirectional withMerge(Merge newMerge) {
    return new Bidirectional(layer, newMerge, name);
  }

  /// The same layer under a chosen name.
  public Bidirectional named(String newName) {
    return new Bidirectional(layer, merge, newName);
  }

  @Override
  public String stem() {
    return "bidirectional";
  }

  @Override
  public Value build(Net net, Value x) {
    GraphBuilder b = net.graph();
    Value forward = net.apply(layer.named("forward"), x);
    Value backward = net.apply(layer.named("backward").withGoBackwards(!layer.goBackwards()), x);
    if (layer.returnSequences()) {
      int steps = backward.shape().dim(1);
      float[] order = new float[steps];
      IntStream.range(0, steps).forEach(t -> order[t] = steps - 1f - t);
      backward = b.gather(backward, b.constant(Tensor.vector(order)), 1);
    }
    return merge.build(net, List.of(forward, backward));
  }
}
