package org.burin.nn;

import java.util.List;
import org.burin.ir.Value;

/// A part of a model as one layer, with inputs as it likes: applied twice, it uses the same parameters twice.
///
/// ```java
/// Block base = Block.of("base", (net, in) -> net.apply(Dense.of(1), net.apply(Merge.concat(), in)));
/// Value mean = Merge.average().apply(net, base.apply(net, a, b), base.apply(net, b, a));
/// ```
///
/// @param name its name
/// @param body builds the part; it must apply the same layers in the same order every time
public record Block(String name, Body body) implements MultiInputLayer {
  /// Builds the part of a model that a block stands for.
  @FunctionalInterface
  public interface Body {
    /// The result for these inputs.
    Value build(Net net, List<Value> inputs);
  }

  /// A block of this name.
  public static Block of(String name, Body body) {
    return new Block(name, body);
  }

  @Override
  public String stem() {
    return "block";
  }

  @Override
  public Value build(Net net, List<Value> inputs) {
    return body.build(net, inputs);
  }
}
