package org.burin.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.burin.ir.Op.Input;
import org.burin.ir.Op.Parameter;

/// An immutable graph of pure operations: what to compute, in what order, and what to keep.
///
/// @param name what it is called in listings
/// @param values every value, operands before users; `values.get(i).id() == i`
/// @param outputs the results, by name, in order
/// @param updates new contents of parameters, by parameter name, in order; all are written after everything has been
///     computed, so that every value sees the old contents
public record Graph(String name, List<Value> values, Map<String, Value> outputs, Map<String, Value> updates) {
  /// Copies the collections.
  public Graph {
    values = List.copyOf(values);
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    updates = Collections.unmodifiableMap(new LinkedHashMap<>(updates));
  }

  /// The input values, in order of creation.
  public List<Value> inputs() {
    return values.stream().filter(v -> v.op() instanceof Input).toList();
  }

  /// The parameter values, in order of creation.
  public List<Value> parameters() {
    return values.stream().filter(v -> v.op() instanceof Parameter).toList();
  }

  /// The input of that name.
  ///
  /// @throws GraphException when there is none; the text lists those that there are
  public Value input(String input) {
    for (Value v : values) {
      if (v.op() instanceof Input i && i.name().equals(input)) {
        return v;
      }
    }
    throw new GraphException("graph '" + name + "' has no input '" + input + "'; its inputs are "
        + inputs().stream().map(v -> ((Input) v.op()).name()).toList());
  }

  /// The output of that name.
  ///
  /// @throws GraphException when there is none; the text lists those that there are
  public Value output(String output) {
    Value v = outputs.get(output);
    if (v == null) {
      throw new GraphException(
          "graph '" + name + "' has no output '" + output + "'; its outputs are " + outputs.keySet());
    }
    return v;
  }

  /// Whether no shape holds the open batch size.
  public boolean isBound() {
    return values.stream().allMatch(v -> v.shape().isBound());
  }

  /// This graph for a batch of `n` samples: every open batch size becomes `n`.
  public Graph bind(int n) {
    GraphBuilder b = new GraphBuilder(name);
    b.copy(this, Map.of(), op -> Operands.bind(op, n));
    return b.build();
  }

  /// This graph without the values that no output or update needs. Inputs stay, and so do the
  /// parameters that are updated.
  public Graph prune() {
    boolean[] live = new boolean[values.size()];
    outputs.values().forEach(v -> live[v.id()] = true);
    updates.values().forEach(v -> live[v.id()] = true);
    for (int i = values.size() - 1; i >= 0; i--) {
      Value v = values.get(i);
      if (v.op() instanceof Input || (v.op() instanceof Parameter(var p, _) && updates.containsKey(p))) {
        live[i] = true;
      }
      if (live[i]) {
        Operands.of(v.op()).forEach(o -> live[o.id()] = true);
      }
    }
    GraphBuilder b = new GraphBuilder(name);
    List<Value> copies = new ArrayList<>(Collections.nCopies(values.size(), null));
    for (Value v : values) {
      if (live[v.id()]) {
        copies.set(v.id(), b.append(Operands.map(v.op(), o -> copies.get(o.id())), v.layer()));
      }
    }
    outputs.forEach((key, v) -> b.output(key, copies.get(v.id())));
    updates.forEach((key, v) -> b.update(key, copies.get(v.id())));
    return b.build();
  }

  /// Rebuilds the graph, operation by operation.
  ///
  /// @param rule gives the value, in the builder of the new graph, that takes the place of an operation, whose operands are
  ///     values of the new graph already; `GraphBuilder::add` keeps it
  public Graph rewrite(BiFunction<GraphBuilder, Op, Value> rule) {
    GraphBuilder b = new GraphBuilder(name);
    List<Value> copies = new ArrayList<>();
    for (Value v : values) {
      Op op = Operands.map(v.op(), o -> copies.get(o.id()));
      copies.add(b.within(v.layer(), () -> rule.apply(b, op)));
    }
    outputs.forEach((key, v) -> b.output(key, copies.get(v.id())));
    updates.forEach((key, v) -> b.update(key, copies.get(v.id())));
    return b.build();
  }

  /// The textual form; see [IrText].
  @Override
  public String toString() {
    return IrText.print(this);
  }
}
