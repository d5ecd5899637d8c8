package org.burin.exec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.burin.ir.Graph;
import org.burin.ir.GraphException;
import org.burin.ir.Op;
import org.burin.ir.Operands;
import org.burin.ir.Verifier;
import org.burin.ir.Value;
import org.burin.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Compiles a graph into the steps of a [Plan]: simplify, group ([Fusion]), lower every group ([Lowering]), put the steps that
/// write parameters last, place the buffers ([MemoryPlanner]).
final class PlanCompiler {
  /// What a plan is made of.
  ///
  /// @param firstLate index of the first step that writes parameters
  /// @param kept tensors of all values, if they were to be kept
  /// @param guard where the guarded output lies
  /// @param temporaries floats of temporary memory
  record Result(
      String name,
      List<Step> steps,
      int firstLate,
      Map<String, Tensor> inputs,
      Map<String, Tensor> outputs,
      Map<Value, Tensor> kept,
      @Nullable Buffer guard,
      int temporaries) {}

  private final Graph graph;
  private final Map<String, Tensor> parameters;
  private final PlanOptions options;
  private final Map<Value, Buffer> buffers = new HashMap<>();
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final Map<String, Tensor> outputs = new LinkedHashMap<>();
  private final Map<Value, Tensor> kept = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Step> updates = new ArrayList<>();

  PlanCompiler(Graph graph, Map<String, Tensor> parameters, PlanOptions options) {
    if (!graph.isBound()) {
      throw new GraphException("graph '" + graph.name() + "' has an open batch size N; bind it before compiling");
    }
    Verifier.verify(graph);
    this.graph = options.keepAll() ? graph : Simplify.run(graph);
    this.parameters = parameters;
    this.options = options;
  }

  Result compile() {
    placeLeaves();
    placeOutputs();
    List<Fusion.Group> groups = Fusion.of(graph, !options.keepAll());
    Map<Value, Buffer> inPlace = options.keepAll() ? Map.of() : inPlaceUpdates(groups);
    Lowering lowering = new Lowering(buffers, inPlace, neededOutside(groups), options.keepAll());
    List<Step> lateSteps = new ArrayList<>();
    for (Fusion.Group group : groups) {
      List<Step> lowered = lowering.lower(group);
      boolean isLate = group.members().stream().anyMatch(inPlace::containsKey);
      if (isLate) {
        lateSteps.addAll(lowered);
      } else {
        steps.addAll(lowered);
      }
    }
    copyOutputs();
    copyUpdates(inPlace);
    int firstLate = steps.size();
    steps.addAll(lateSteps);
    steps.addAll(updates);
    int temporaries = MemoryPlanner.place(steps);
    keepValues();
    return new Result(graph.name(), List.copyOf(steps), firstLate, inputs, outputs, kept, guard(), temporaries);
  }

  private void placeLeaves() {
    for (Value v : graph.values()) {
      switch (v.op()) {
        case Op.Input(var name, var shape) -> {
          Tensor t = Tensor.zeros(shape);
          inputs.put(name, t);
          buffers.put(v, Buffer.over(t.data()));
        }
        case Op.Parameter(var name, var shape) -> {
          Tensor t = parameters.get(name);
          if (t == null) {
            throw new GraphException("graph '" + graph.name() + "' needs a parameter '" + name + "' of shape " + shape
                + "; there are " + parameters.keySet());
          }
          if (!t.shape().equals(shape)) {
            throw new GraphException("graph '" + graph.name() + "' needs parameter '" + name + "' with shape " + shape
                + ", found " + t.shape());
          }
          buffers.put(v, Buffer.over(t.data()));
        }
        case Op.Constant(var t) -> buffers.put(v, Buffer.over(t.data()));
        default -> {
          if (options.keepAll() && Fusion.root(v) == v) {
            buffers.put(v, Buffer.over(new float[v.shape().size()]));
          }
        }
      }
    }
  }

  /// Gives computed outputs buffers of their own.
  private void placeOutputs() {
    graph.outputs().forEach((name, v) -> {
      Tensor t = Tensor.zeros(v.shape());
      outputs.put(name, t);
      Value root = Fusion.root(v);
      if (!buffers.containsKey(root)) {
        buffers.put(root, Buffer.over(t.data()));
      }
    });
  }

  private void copyOutputs() {
    graph.outputs().forEach((name, v) -> {
      Tensor t = outputs.get(name);
      Buffer from = buffers.get(Fusion.root(v));
      if (t != null && from != null && !from.isOver(t.data())) {
        steps.add(CopyStep.whole("output " + name, from, Buffer.over(t.data())));
      }
    });
  }

  /// Updates whose value can be written straight into the parameter, because nothing that runs later reads the old one.
  private Map<Value, Buffer> inPlaceUpdates(List<Fusion.Group> groups) {
    Map<Value, String> targets = new HashMap<>();
    Set<Value> twice = new HashSet<>();
    graph.updates().forEach((name, v) -> {
      if (targets.put(v, name) != null) {
        twice.add(v);
      }
    });
    Map<Value, List<Fusion.Group>> readers = new HashMap<>();
    for (Fusion.Group group : groups) {
      for (Value m : group.members()) {
        for (Value o : Operands.of(m.op())) {
          readers.computeIfAbsent(Fusion.root(o), _ -> new ArrayList<>()).add(group);
        }
      }
    }
    Map<Value, Buffer> inPlace = new HashMap<>();
    for (Fusion.Group group : groups) {
      List<Value> results = group.members().stream().filter(targets::containsKey).toList();
      boolean ok = group.isChain() && !results.isEmpty();
      for (Value m : group.members()) {
        boolean outside = readers.getOrDefault(m, List.of()).stream().anyMatch(g -> !g.equals(group));
        ok &= !outside && !buffers.containsKey(m) && !twice.contains(m);
      }
      for (Value r : results) {
        Value parameter = parameter(targets.get(r));
        ok &= readers.getOrDefault(parameter, List.of()).stream()
            .allMatch(g -> g.equals(group) || !isUpdating(g, targets));
        ok &= readsOneToOne(group, parameter);
      }
      if (ok) {
        results.forEach(r -> inPlace.put(r, buffer(parameter(targets.get(r)))));
      }
    }
    return inPlace;
  }

  private static boolean isUpdating(Fusion.Group group, Map<Value, String> targets) {
    return group.members().stream().anyMatch(targets::containsKey);
  }

  private static boolean readsOneToOne(Fusion.Group group, Value parameter) {
    for (Value m : group.members()) {
      for (Value o : Operands.of(m.op())) {
        if (Fusion.root(o) == parameter && o.shape().size() != m.shape().size()) {
          return false;
        }
      }
    }
    return true;
  }

  /// Steps, run last, that bring the other updates into their parameters.
  private void copyUpdates(Map<Value, Buffer> inPlace) {
    Map<Value, Buffer> saved = new HashMap<>();
    graph.updates().forEach((name, v) -> {
      if (inPlace.containsKey(v)) {
        return;
      }
      Value root = Fusion.root(v);
      Buffer from = buffer(root);
      if (Fusion.isLeaf(root.op())) { // may itself be overwritten by another update
        from = saved.computeIfAbsent(root, r -> {
          Buffer copy = Buffer.unplaced(r.shape().size());
          steps.add(CopyStep.whole("save " + r, buffer(r), copy));
          return copy;
        });
      }
      updates.add(CopyStep.whole("update " + name, from, buffer(parameter(name))));
    });
  }

  private Set<Value> neededOutside(List<Fusion.Group> groups) {
    Map<Value, Fusion.Group> home = new HashMap<>();
    groups.forEach(g -> g.members().forEach(m -> home.put(m, g)));
    Set<Value> needed = new HashSet<>();
    graph.outputs().values().forEach(v -> needed.add(Fusion.root(v)));
    graph.updates().values().forEach(v -> needed.add(Fusion.root(v)));
    for (Value v : graph.values()) {
      for (Value o : Operands.of(v.op())) {
        Value root = Fusion.root(o);
        if (!Objects.equals(home.get(root), home.get(v)) || root != o) {
          needed.add(root);
        }
      }
    }
    return needed;
  }

  private void keepValues() {
    if (options.keepAll()) {
      for (Value v : graph.values()) {
        Buffer b = buffer(Fusion.root(v));
        kept.put(v, Tensor.of(v.shape(), b.array()));
      }
    }
  }

  private @Nullable Buffer guard() {
    if (options.guard().isEmpty()) {
      return null;
    }
    Value v = graph.output(options.guard());
    if (v.shape().size() != 1) {
      throw new GraphException("guard '" + options.guard() + "' must be a single number, found shape " + v.shape());
    }
    return buffer(Fusion.root(v));
  }

  private Value parameter(@Nullable String name) {
    for (Value v : graph.values()) {
      if (v.op() instanceof Op.Parameter(var found, _) && found.equals(name)) {
        return v;
      }
    }
    throw new GraphException("graph '" + graph.name() + "' has no parameter '" + name + "'");
  }

  private Buffer buffer(Value v) {
    Buffer b = buffers.get(v);
    if (b == null) {
      throw new IllegalStateException("value " + v + " (" + v.op() + ") has no buffer");
    }
    return b;
  }
}
