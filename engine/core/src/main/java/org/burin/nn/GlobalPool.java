package org.burin.nn;

import java.util.stream.IntStream;
import org.burin.ir.Value;
import org.burin.tensor.ReduceFn;

/// Pooling over all of an image `[N,H,W,C]` or sequence `[N,T,C]`: gives `[N,C]`.
///
/// @param kind largest element or mean
/// @param name its name, or empty for an automatic one
public record GlobalPool(Pool.Kind kind, String name) implements Layer {
  /// The largest element of each channel.
  public static GlobalPool max() {
    return new GlobalPool(Pool.Kind.MAX, "");
  }

  /// The mean of each channel.
  public static GlobalPool average() {
    return new GlobalPool(Pool.Kind.AVERAGE, "");
  }

  /// The same layer under a chosen name.
  public GlobalPool named(String newName) {
    return new GlobalPool(kind, newName);
  }

  @Override
  public String stem() {
    return switch (kind) {
      case MAX -> "global_max_pooling";
      case AVERAGE -> "global_average_pooling";
    };
  }

  @Override
  public Value build(Net net, Value x) {
    Options.rank(net, x, 3, 4, "sequences [N,T,C] or images [N,H,W,C]");
    int[] axes = IntStream.range(1, x.shape().rank() - 1).toArray();
    ReduceFn fn = switch (kind) {
      case MAX -> ReduceFn.MAX;
      case AVERAGE -> ReduceFn.MEAN;
    };
    return net.graph().reduce(fn, x, false, axes);
  }
}
