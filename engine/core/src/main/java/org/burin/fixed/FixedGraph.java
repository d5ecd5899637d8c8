package org.burin.fixed;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An immutable graph of exact operations in which every element of every value has a type that holds all it can be.
///
/// This is what backends lower to hardware and to code; [FixedInterpreter] defines what it computes. It has no
/// parameters: weights are constants.
///
/// @param name what it is called in listings
/// @param values every value, operands before users; `values.get(i).id() == i`
/// @param outputs the results, by name, in order
public record FixedGraph(String name, List<FixedValue> values, Map<String, FixedValue> outputs) {
  /// Copies the collections.
  public FixedGraph {
    values = List.copyOf(values);
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /// The input values, in order of creation.
  public List<FixedValue> inputs() {
    return values.stream().filter(v -> v.op() instanceof FixedOp.Input).toList();
  }

  /// The output of that name.
  ///
  /// @throws IllegalArgumentException when there is none; the text lists those that there are
  public FixedValue output(String output) {
    FixedValue v = outputs.get(output);
    if (v == null) {
      throw new IllegalArgumentException("fixed graph '" + name + "' has no output '" + output + "'; its outputs are "
          + outputs.keySet());
    }
    return v;
  }

  /// The graph as text; see [FixedText].
  @Override
  public String toString() {
    return FixedText.print(this);
  }
}
