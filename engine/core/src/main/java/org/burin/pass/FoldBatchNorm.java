package org.burin.pass;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Op;
import org.burin.ir.Operands;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.jspecify.annotations.Nullable;

/// Moves the factor of a batch normalization into the kernel before it, and its shift into the bias.
///
/// ```
/// %4 = matmul %x %kernel                         %4 = mul %kernel %factor
/// %5 = add %4 %bias                              %5 = matmul %x %4
/// %6 = mul %5 %factor                  becomes   %6 = mul %bias %factor
/// %7 = add %6 %shift                             %7 = add %6 %shift
///                                                %8 = add %5 %7
/// ```
///
/// Factor and shift are whatever depends on parameters alone and has one number for all or for each position of the last
/// axis. Numbers change by roundings of float32, so this is for float models that are quantized afterwards: nothing is
/// folded into a kernel or bias that passes a quantizer, and nothing past a product that somebody else reads too.
public record FoldBatchNorm() implements Pass {
  @Override
  public String name() {
    return "fold-batch-norm";
  }

  @Override
  public Graph run(Graph graph) {
    return new Run(graph).rewritten();
  }

  /// One product with what was added to it so far, in the new graph.
  ///
  /// @param op the product
  /// @param bias what is added, if anything
  private record Affine(Op op, @Nullable Value bias) {}

  private static final class Run {
    private final Graph graph;
    private final GraphBuilder b;
    private final boolean[] plainWeight;
    private final int[] uses;
    private final List<Value> copies = new ArrayList<>();
    private final Set<Value> scaled = new HashSet<>();

    Run(Graph graph) {
      this.graph = graph;
      b = new GraphBuilder(graph.name());
      plainWeight = new boolean[graph.values().size()];
      uses = new int[graph.values().size()];
      for (Value v : graph.values()) {
        Operands.of(v.op()).forEach(o -> uses[o.id()]++);
        plainWeight[v.id()] = switch (v.op()) {
          case Op.Input _, Op.RandomUniform _, Op.Quantize _, Op.QuantizeBits _, Op.StraightThrough _ -> false;
          case Op op -> Operands.of(op).stream().allMatch(o -> plainWeight[o.id()]);
        };
      }
      graph.outputs().values().forEach(v -> uses[v.id()]++);
      graph.updates().values().forEach(v -> uses[v.id()]++);
    }

    Graph rewritten() {
      for (Value v : graph.values()) {
        Value folded = b.within(v.layer(), () -> v.op() instanceof Op.Binary o ? fold(v, o) : null);
        Op op = Operands.map(v.op(), o -> copies.get(o.id()));
        copies.add(folded == null ? b.within(v.layer(), () -> b.add(op)) : folded);
      }
      graph.outputs().forEach((key, v) -> b.output(key, copies.get(v.id())));
      graph.updates().forEach((key, v) -> b.update(key, copies.get(v.id())));
      return b.build().prune();
    }

    private @Nullable Value fold(Value v, Op.Binary o) {
      Value weight = plainWeight[o.b().id()] ? o.b() : o.a();
      Value data = weight == o.b() ? o.a() : o.b();
      boolean row = (weight.shape().isBound() && weight.shape().size() == 1)
          || (weight.shape().rank() == 1 && v.shape().rank() >= 1 && weight.shape().dim(0) == v.shape().dim(-1));
      if (!plainWeight[weight.id()] || plainWeight[data.id()] || !row || !v.shape().equals(data.shape())) {
        return null;
      }
      Value number = copies.get(weight.id());
      if (o.fn() == BinaryFn.MUL && uses[data.id()] == 1) {
        return scale(data, number);
      }
      if (o.fn() == BinaryFn.ADD && scaled.contains(copies.get(data.id()))
          && copies.get(data.id()).op() instanceof Op.Binary(var fn, var product, var bias) && fn == BinaryFn.ADD) {
        return mark(b.add(product, b.add(bias, number)));
      }
      return null;
    }

    /// `data * factor`, where the factor goes into the kernel; null where it cannot.
    private @Nullable Value scale(Value data, Value factor) {
      Affine affine = affine(data);
      if (affine == null) {
        return null;
      }
      Value product = switch (affine.op()) {
        case Op.MatMul(var x, var w, var tx, var tw) -> b.matMul(x, b.mul(w, factor), tx, tw);
        case Op.Conv2d(var x, var w, var window, var groups) -> b.conv2d(x, b.mul(w, factor), window, groups);
        case Op other -> throw new IllegalStateException(other + " is no product");
      };
      return mark(affine.bias() == null ? product : b.add(product, b.mul(affine.bias(), factor)));
    }

    /// The product and bias that a value of the old graph is, in values of the new one; null if it is something else, or
    /// quantized, or read by others.
    private @Nullable Affine affine(Value v) {
      return switch (v.op()) {
        case Op.MatMul(_, var w, _, var tw) when plainWeight[w.id()] && !tw && w.shape().rank() == 2 ->
            new Affine(Operands.map(v.op(), o -> copies.get(o.id())), null);
        case Op.Conv2d(_, var w, _, _) when plainWeight[w.id()] ->
            new Affine(Operands.map(v.op(), o -> copies.get(o.id())), null);
        case Op.Binary(var fn, var x, var bias) when fn == BinaryFn.ADD && plainWeight[bias.id()]
            && bias.shape().rank() <= 1 && uses[x.id()] == 1 -> {
          Affine inner = affine(x);
          yield inner == null || inner.bias() != null ? null : new Affine(inner.op(), copies.get(bias.id()));
        }
        default -> null;
      };
    }

    private Value mark(Value v) {
      scaled.add(v);
      return v;
    }
  }
}
