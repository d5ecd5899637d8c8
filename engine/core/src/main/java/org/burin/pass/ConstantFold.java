package org.burin.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Op;
import org.burin.ir.Operands;
import org.burin.ir.Value;
import org.burin.tensor.Tensor;

/// Binds parameters and evaluates what depends on nothing else, with the kernels of a [Plan], so that a folded number is
/// bit for bit the number that running the graph gives.
///
/// ```
/// %0 = input "x" : f32[N,2]                                      %0 = input "x" : f32[N,2]
/// %1 = parameter "kernel" : f32[2]                               %1 = constant value=[0.75,-0.5] : f32[2]
/// %2 = quantize %1 to=fixed<4,2,rnd_conv,sat> : f32[2]  becomes  %2 = mul %0 %1 : f32[N,2]
/// %3 = mul %0 %2 : f32[N,2]
/// ```
///
/// Parameters that the graph updates stay, and so does everything with the open batch size in its shape.
///
/// @param parameters a tensor for every parameter of the graph, by name; copied where they are folded
public record ConstantFold(Map<String, Tensor> parameters) implements Pass {
  @Override
  public String name() {
    return "constant-fold";
  }

  @Override
  public Graph run(Graph graph) {
    boolean[] known = known(graph);
    Map<Value, Tensor> folded = evaluate(graph, known);
    GraphBuilder b = new GraphBuilder(graph.name());
    List<Value> copies = new ArrayList<>();
    for (Value v : graph.values()) {
      Op op = known[v.id()] && folded.containsKey(v)
          ? new Op.Constant(Objects.requireNonNull(folded.get(v)))
          : Operands.map(v.op(), o -> copies.get(o.id()));
      copies.add(b.within(v.layer(), () -> b.add(op)));
    }
    graph.outputs().forEach((key, v) -> b.output(key, copies.get(v.id())));
    graph.updates().forEach((key, v) -> b.update(key, copies.get(v.id())));
    return b.build().prune();
  }

  /// Which values depend on fixed numbers alone.
  private static boolean[] known(Graph graph) {
    boolean[] known = new boolean[graph.values().size()];
    for (Value v : graph.values()) {
      known[v.id()] = switch (v.op()) {
        case Op.Input _, Op.RandomUniform _ -> false;
        case Op.Parameter(var name, _) -> !graph.updates().containsKey(name);
        case Op.Constant _ -> true;
        case Op op -> v.shape().isBound() && Operands.of(op).stream().allMatch(o -> known[o.id()]);
      };
    }
    return known;
  }

  /// The numbers of the known values that something else than a known value reads.
  private Map<Value, Tensor> evaluate(Graph graph, boolean[] known) {
    boolean[] read = new boolean[known.length];
    for (Value v : graph.values()) {
      if (!known[v.id()]) {
        Operands.of(v.op()).forEach(o -> read[o.id()] = true);
      }
    }
    graph.outputs().values().forEach(v -> read[v.id()] = true);
    graph.updates().values().forEach(v -> read[v.id()] = true);
    GraphBuilder b = new GraphBuilder(graph.name());
    Map<Value, Value> copies = new HashMap<>();
    List<Value> wanted = new ArrayList<>();
    for (Value v : graph.values()) {
      if (known[v.id()]) {
        copies.put(v, b.add(Operands.map(v.op(), o -> Objects.requireNonNull(copies.get(o)))));
        if (read[v.id()]) {
          wanted.add(v);
          b.output(v.toString(), Objects.requireNonNull(copies.get(v)));
        }
      }
    }
    Plan plan = Plan.compile(b.build().prune(), parameters, PlanOptions.DEFAULT);
    plan.run();
    Map<Value, Tensor> folded = new HashMap<>();
    wanted.forEach(v -> folded.put(v, plan.output(v.toString()).copy()));
    return folded;
  }
}
