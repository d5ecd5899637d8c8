package org.burin.pass;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedOperands;
import org.burin.fixed.FixedValue;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Op;
import org.burin.ir.Operands;
import org.burin.ir.Value;
import org.burin.tensor.Tensor;

/// Turns a float graph whose numbers pass quantizers into the fixed-point graph that computes the same numbers.
///
/// ```
/// %0 = input "x" : f32[N,4]
/// %1 = quantize %0 to=fixed<8,3,rnd_conv,sat>         %0 = input "x" to=fixed<8,3,rnd_conv,sat>
/// %2 = constant value=[0.5,..] : f32[4,2]             %1 = constant [2,..] * 2^-2
/// %3 = matmul %1 %2                          becomes  %2 = matmul %0 %1
/// %4 = relu %3                                        %3 = constant 0
/// %5 = quantize %4 to=ufixed<6,2,rnd_conv,sat>        %4 = maximum %2 %3
/// output "y" = %5                                     %5 = quantize %4 to=ufixed<6,2,rnd_conv,sat>
///                                                     output "y" = %5
/// ```
///
/// An input becomes one of the types of the quantizer that reads it; parameters become constants; what fixed point has no
/// operation for becomes a table ([LowerActivations]); everything else is exact.
///
/// @param pipeline the passes that the float graph goes through first
/// @param tableEntries the largest number of entries of a table
/// @param observer sees the float graph after each pass
public record LowerToFixed(Pipeline pipeline, int tableEntries, Pipeline.Observer observer) {
  /// The largest number of entries of a table, unless another is chosen.
  public static final int TABLE_ENTRIES = 1 << 16;

  /// The name of this stage, after those of the passes.
  public static final String STAGE = "lower-to-fixed";

  /// What the names of outputs begin with that only keep track of values through the passes.
  private static final String MARK = "\u0001value ";

  /// The lowering with the standard passes.
  ///
  /// @param parameters a tensor for every parameter of the graph, by name
  public static LowerToFixed of(Map<String, Tensor> parameters) {
    return new LowerToFixed(Passes.deployment(parameters), TABLE_ENTRIES, (stage, graph) -> {});
  }

  /// The same lowering with another limit.
  public LowerToFixed withTableEntries(int entries) {
    return new LowerToFixed(pipeline, entries, observer);
  }

  /// The same lowering after other passes.
  public LowerToFixed withPipeline(Pipeline other) {
    return new LowerToFixed(other, tableEntries, observer);
  }

  /// The same lowering, observed.
  public LowerToFixed withObserver(Pipeline.Observer other) {
    return new LowerToFixed(pipeline, tableEntries, other);
  }

  /// Lowers a graph whose batch size is open.
  ///
  /// @throws LoweringException with everything that stands in the way
  public Lowered lower(Graph graph) {
    Graph prepared = pipeline.run(marked(graph), (stage, g) -> observer.after(stage, withoutMarks(g)));
    Map<Value, Value> origins = new HashMap<>();
    graph.values().forEach(v -> image(prepared, v).ifPresent(image -> origins.putIfAbsent(image, v)));
    Translation translation = new Translation(prepared, origins, tableEntries);
    FixedGraphBuilder b = translation.run(name -> !name.startsWith(MARK));
    FixedGraph all = b.build();
    Map<FixedValue, FixedValue> kept = new LinkedHashMap<>();
    FixedGraph fixed = pruned(all, kept);
    Map<Value, FixedValue> twins = new LinkedHashMap<>();
    for (Value v : graph.values()) {
      image(prepared, v).map(translation::twinOrNull).map(kept::get).ifPresent(twin -> twins.put(v, twin));
    }
    return new Lowered(graph, fixed, Collections.unmodifiableMap(twins), translation.inexact(kept.keySet()));
  }

  /// The graph with an output for every value that an output needs.
  private static Graph marked(Graph graph) {
    boolean[] live = new boolean[graph.values().size()];
    graph.outputs().values().forEach(v -> live[v.id()] = true);
    GraphBuilder b = GraphBuilder.continuing(graph);
    for (Value v : graph.values().reversed()) {
      if (live[v.id()]) {
        b.output(MARK + v.id(), v);
        if (v.op() instanceof Op.StraightThrough(var value, _)) {
          live[value.id()] = true;
        } else {
          Operands.of(v.op()).forEach(o -> live[o.id()] = true);
        }
      }
    }
    return b.build();
  }

  /// What has become of a value of the graph before the passes.
  private static Optional<Value> image(Graph prepared, Value v) {
    return Optional.ofNullable(prepared.outputs().get(MARK + v.id()));
  }

  private static Graph withoutMarks(Graph graph) {
    Map<String, Value> outputs = new LinkedHashMap<>(graph.outputs());
    outputs.keySet().removeIf(name -> name.startsWith(MARK));
    return new Graph(graph.name(), graph.values(), outputs, graph.updates()).prune();
  }

  /// The graph without values that no output needs.
  ///
  /// @param kept is filled with the new value of every old one
  private static FixedGraph pruned(FixedGraph graph, Map<FixedValue, FixedValue> kept) {
    Set<FixedValue> live = new HashSet<>(graph.outputs().values());
    for (FixedValue v : graph.values().reversed()) {
      if (live.contains(v)) {
        live.addAll(FixedOperands.of(v.op()));
      }
    }
    FixedGraphBuilder b = new FixedGraphBuilder(graph.name());
    for (FixedValue v : graph.values()) {
      if (live.contains(v)) {
        kept.put(v, b.within(v.layer(), () -> b.add(FixedOperands.map(v.op(), o -> Objects.requireNonNull(kept.get(o))))));
      }
    }
    graph.outputs().forEach((name, v) -> b.output(name, Objects.requireNonNull(kept.get(v))));
    return b.build();
  }
}
