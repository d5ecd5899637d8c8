package org.burin.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.burin.ir.Graph;
import org.burin.ir.Op;
import org.burin.ir.Operands;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.UnaryFn;
import org.jspecify.annotations.Nullable;

/// Decides which values of a graph are computed together, and in what order.
///
/// - A matrix product or convolution takes over the addition of a bias row and the ReLU that follow it, if nobody else needs
///   what lies between.
/// - Element-wise operations over the same number of elements join into one chain, as long as no value outside of the chain
///   lies on a path between two of its members.
/// - Leaves (inputs, parameters, constants) and aliases (reshapes) belong to no group.
final class Fusion {
  private static final int LONGEST_CHAIN = 64;

  /// Values computed together, in order. All but a chain of element-wise operations have one result that anybody reads: the
  /// last member.
  record Group(List<Value> members) {
    Value last() {
      return members.getLast();
    }

    boolean isChain() {
      return isElementwise(members.getFirst().op());
    }
  }

  private final Graph graph;
  private final boolean fuse;
  private final int[] uses;
  private final Set<Value> named = new LinkedHashSet<>();
  private final int[] groupOf;
  private final List<List<Value>> groups = new ArrayList<>();
  private final Map<Value, Value> user = new HashMap<>();

  private Fusion(Graph graph, boolean fuse) {
    this.graph = graph;
    this.fuse = fuse;
    uses = new int[graph.values().size()];
    groupOf = new int[graph.values().size()];
  }

  /// The groups of a graph in an order in which they can run.
  ///
  /// @param fuse whether anything is fused; if not, every value is a group of its own
  static List<Group> of(Graph graph, boolean fuse) {
    Fusion f = new Fusion(graph, fuse);
    f.count();
    f.group();
    return f.order();
  }

  /// The value whose numbers `v` shares: reshapes and the like have none of their own.
  static Value root(Value v) {
    return switch (v.op()) {
      case Op.Reshape(var x, _) -> root(x);
      case Op.StopGradient(var x) -> root(x);
      case Op.StraightThrough(var value, _) -> root(value);
      default -> v;
    };
  }

  static boolean isLeaf(Op op) {
    return op instanceof Op.Input || op instanceof Op.Parameter || op instanceof Op.Constant;
  }

  static boolean isElementwise(Op op) {
    return op instanceof Op.Unary || op instanceof Op.Binary || op instanceof Op.Select || op instanceof Op.Quantize
        || op instanceof Op.QuantizeBits;
  }

  private void count() {
    for (Value v : graph.values()) {
      for (Value o : Operands.of(v.op())) {
        uses[o.id()]++;
        user.put(o, v);
      }
    }
    graph.outputs().values().forEach(v -> named.add(root(v)));
    graph.updates().values().forEach(v -> named.add(root(v)));
  }

  private void group() {
    boolean[] absorbed = new boolean[groupOf.length];
    Arrays.fill(groupOf, -1);
    for (Value v : graph.values()) {
      if (isLeaf(v.op()) || root(v) != v || absorbed[v.id()]) {
        continue;
      }
      List<Value> members = new ArrayList<>(List.of(v));
      if (fuse && (v.op() instanceof Op.MatMul || v.op() instanceof Op.Conv2d)) {
        absorbEpilogue(v, members);
      }
      members.forEach(m -> absorbed[m.id()] = true);
      int id = groups.size();
      groups.add(members);
      members.forEach(m -> groupOf[m.id()] = id);
    }
    if (fuse) {
      for (Value v : graph.values()) {
        if (isElementwise(v.op()) && groupOf[v.id()] >= 0 && groups.get(groupOf[v.id()]).size() == 1) {
          joinOperands(v);
        }
      }
    }
  }

  private void absorbEpilogue(Value product, List<Value> members) {
    Value sum = onlyUser(product);
    if (sum == null || biasOf(product, sum) == null) {
      return;
    }
    members.add(sum);
    Value relu = onlyUser(sum);
    if (relu != null && relu.op() instanceof Op.Unary(var fn, _) && fn == UnaryFn.RELU) {
      members.add(relu);
    }
  }

  private @Nullable Value onlyUser(Value v) {
    return uses[v.id()] == 1 && !named.contains(v) ? user.get(v) : null;
  }

  /// The bias row that `sum` adds to `product`, or null if it is not such a sum.
  static @Nullable Value biasOf(Value product, Value sum) {
    if (!(sum.op() instanceof Op.Binary(var fn, var a, var b)) || fn != BinaryFn.ADD) {
      return null;
    }
    Value bias = a == product ? b : a;
    int columns = product.shape().dim(-1);
    boolean row = bias != product && bias.shape().rank() >= 1 && bias.shape().size() == columns
        && bias.shape().dim(-1) == columns && sum.shape().equals(product.shape());
    return row ? bias : null;
  }

  private void joinOperands(Value v) {
    Set<Integer> candidates = new LinkedHashSet<>();
    for (Value o : Operands.of(v.op())) {
      Value r = root(o);
      int g = groupOf[r.id()];
      if (g >= 0 && isElementwise(groups.get(g).getFirst().op()) && r.shape().size() == v.shape().size()) {
        candidates.add(g);
      }
    }
    Set<Integer> joined = new LinkedHashSet<>(Set.of(groupOf[v.id()]));
    for (int g : candidates) {
      Set<Integer> attempt = new LinkedHashSet<>(joined);
      attempt.add(g);
      if (isLegal(attempt)) {
        joined = attempt;
      }
    }
    if (joined.size() > 1) {
      List<Value> members = new ArrayList<>();
      joined.forEach(g -> members.addAll(groups.get(g)));
      members.sort(Comparator.comparingInt(Value::id));
      int target = joined.iterator().next();
      joined.forEach(g -> groups.set(g, List.of()));
      groups.set(target, members);
      members.forEach(m -> groupOf[m.id()] = target);
    }
  }

  /// Whether the groups can be run as one: no path leaves them and comes back.
  private boolean isLegal(Set<Integer> set) {
    int size = 0;
    int first = Integer.MAX_VALUE;
    for (int g : set) {
      size += groups.get(g).size();
      first = Math.min(first, groups.get(g).getFirst().id());
    }
    if (size > LONGEST_CHAIN) {
      return false;
    }
    Set<Integer> visited = new LinkedHashSet<>();
    for (int g : set) {
      for (int o : operandGroups(g)) {
        if (!set.contains(o) && reaches(o, set, first, visited)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean reaches(int from, Set<Integer> set, int first, Set<Integer> visited) {
    List<Integer> stack = new ArrayList<>(List.of(from));
    while (!stack.isEmpty()) {
      int g = stack.removeLast();
      if (set.contains(g)) {
        return true;
      }
      if (groups.get(g).getLast().id() > first && visited.add(g)) {
        stack.addAll(operandGroups(g));
      }
    }
    return false;
  }

  private Set<Integer> operandGroups(int g) {
    Set<Integer> out = new LinkedHashSet<>();
    for (Value m : groups.get(g)) {
      for (Value o : Operands.of(m.op())) {
        int other = groupOf[root(o).id()];
        if (other >= 0 && other != g) {
          out.add(other);
        }
      }
    }
    return out;
  }

  private List<Group> order() {
    int n = groups.size();
    int[] waits = new int[n];
    List<List<Integer>> users = new ArrayList<>();
    for (int g = 0; g < n; g++) {
      users.add(new ArrayList<>());
    }
    PriorityQueue<Integer> ready = new PriorityQueue<>(
        Comparator.comparingInt(g -> groups.get(g).getLast().id()));
    for (int g = 0; g < n; g++) {
      if (!groups.get(g).isEmpty()) {
        Set<Integer> operands = operandGroups(g);
        waits[g] = operands.size();
        for (int o : operands) {
          users.get(o).add(g);
        }
        if (waits[g] == 0) {
          ready.add(g);
        }
      }
    }
    List<Group> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      int g = ready.remove();
      order.add(new Group(List.copyOf(groups.get(g))));
      for (int u : users.get(g)) {
        if (--waits[u] == 0) {
          ready.add(u);
        }
      }
    }
    return order;
  }
}
