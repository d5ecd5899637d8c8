package org.burin.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.burin.ir.IrText;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.tensor.ConvSpec;
import org.burin.tensor.GemmSpec;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// Turns each group of values into steps.
final class Lowering {
  private static final Buffer NONE = Buffer.unplaced(0);

  private final Map<Value, Buffer> buffers;
  private final Map<Value, Buffer> inPlace;
  private final Set<Value> needed;
  private final boolean keepAll;

  /// @param buffers where values lie; this adds to it
  /// @param inPlace parameters that certain values are written into
  /// @param needed the values that are read outside of their group
  Lowering(Map<Value, Buffer> buffers, Map<Value, Buffer> inPlace, Set<Value> needed, boolean keepAll) {
    this.buffers = buffers;
    this.inPlace = inPlace;
    this.needed = needed;
    this.keepAll = keepAll;
  }

  List<Step> lower(Fusion.Group group) {
    List<Step> out = new ArrayList<>();
    if (group.isChain()) {
      new ChainLowering(this, group, out).lower();
    } else {
      kernel(group, out);
    }
    return out;
  }

  /// Where a value's numbers lie or will lie.
  Buffer at(Value v) {
    Value root = Fusion.root(v);
    return buffers.computeIfAbsent(root, r -> Buffer.unplaced(r.shape().size()));
  }

  /// The parameter that a value is written into, or a buffer of size 0.
  Buffer inPlace(Value v) {
    return inPlace.getOrDefault(v, NONE);
  }

  boolean isNeeded(Value v) {
    return keepAll || needed.contains(v);
  }

  static String name(Value v) {
    return v + " = " + IrText.print(v.op()) + (v.layer().isEmpty() ? "" : " @" + v.layer());
  }

  private void kernel(Fusion.Group group, List<Step> out) {
    Value v = group.members().getFirst();
    String name = name(v);
    switch (v.op()) {
      case Op.MatMul o -> out.add(matMul(group, o, name));
      case Op.Conv2d o -> out.add(conv2d(group, o, name));
      case Op.Conv2dTranspose(var y, var w, var window, var groups, _, _) -> out.add(new ConvStep(name,
          ConvStep.Kind.TRANSPOSE, conv(v.shape(), w.shape(), window, groups), at(y), at(w), NONE, false, false, at(v)));
      case Op.Conv2dKernel(var x, var y, var window, var groups, _, _) -> out.add(new ConvStep(name,
          ConvStep.Kind.KERNEL, conv(x.shape(), v.shape(), window, groups), at(x), at(y), NONE, false, false, at(v)));
      case Op.MaxPool2d(var x, var kh, var kw, var window) ->
          out.add(new PoolStep(name, PoolStep.Kind.MAX, x.shape(), kh, kw, window, at(x), at(x), at(v)));
      case Op.MaxPool2dScatter(var x, var y, var kh, var kw, var window) ->
          out.add(new PoolStep(name, PoolStep.Kind.MAX_SCATTER, x.shape(), kh, kw, window, at(x), at(y), at(v)));
      case Op.MaxPool2dGather(var x, var from, var kh, var kw, var window) ->
          out.add(new PoolStep(name, PoolStep.Kind.MAX_GATHER, x.shape(), kh, kw, window, at(x), at(from), at(v)));
      case Op.AveragePool2d(var x, var kh, var kw, var window) ->
          out.add(new PoolStep(name, PoolStep.Kind.AVERAGE, x.shape(), kh, kw, window, at(x), at(x), at(v)));
      case Op.AveragePool2dAdjoint(var y, var kh, var kw, var window, _, _) -> out.add(
          new PoolStep(name, PoolStep.Kind.AVERAGE_ADJOINT, v.shape(), kh, kw, window, at(y), at(y), at(v)));
      case Op.Upsample2d(var x, var fh, var fw) -> out.add(upsample(name, x, v, fh, fw));
      case Op.Reduce o -> reduce(o, v, name, out);
      case Op.ArgMax(var x, var axis) -> out.add(index(name, IndexStep.Kind.ARG_MAX, x.shape(), axis, x, x, v, 0));
      case Op.Softmax(var x) -> out.add(softmax(name, false, x, v));
      case Op.LogSoftmax(var x) -> out.add(softmax(name, true, x, v));
      case Op.Gather(var x, var indices, var axis) ->
          out.add(index(name, IndexStep.Kind.GATHER, x.shape(), axis, x, indices, v, 0));
      case Op.ScatterAdd(var updates, var indices, var axis, _) ->
          out.add(index(name, IndexStep.Kind.SCATTER_ADD, v.shape(), axis, updates, indices, v, 0));
      case Op.RandomUniform(var key, var stream, var shape) ->
          out.add(index(name, IndexStep.Kind.RANDOM, shape, 0, key, key, v, stream));
      case Op.Concat(var values, var axis) -> concat(name, values, axis, v, out);
      case Op.Slice o -> out.add(slice(name, o, v));
      case Op.Pad o -> out.add(pad(name, o, v));
      case Op.Transpose(var x, var permutation) -> out.add(transpose(name, x.shape(),
          permutation.stream().mapToInt(Integer::intValue).toArray(), at(x), at(v)));
      case Op.Broadcast(var x, var shape) -> out.add(broadcast(name, x, shape, at(v)));
      case Op.Input _, Op.Parameter _, Op.Constant _, Op.Reshape _, Op.StopGradient _, Op.StraightThrough _, Op.Unary _, Op.Binary _,
          Op.Select _, Op.Quantize _, Op.QuantizeBits _ -> throw new IllegalStateException(name + " is not a kernel");
    }
  }

  private Step matMul(Fusion.Group group, Op.MatMul o, String name) {
    Shape a = o.a().shape();
    Shape b = o.b().shape();
    Shape c = group.members().getFirst().shape();
    int m = c.dim(-2);
    int n = c.dim(-1);
    int k = a.dim(o.transA() ? -2 : -1);
    boolean flat = b.rank() == 2 && !o.transA();
    if (flat) {
      m = n == 0 ? 0 : c.size() / n;
    }
    Shape leading = flat ? Shape.SCALAR : Shape.of(Arrays.copyOf(c.dims(), c.rank() - 2));
    Epilogue e = epilogue(group);
    GemmSpec spec = GemmSpec.of(m, n, k, o.transA(), o.transB()).withEpilogue(e.hasBias(), e.relu());
    return new GemmStep(name + e.text(), spec, at(o.a()), starts(a, leading), at(o.b()), starts(b, leading), e.bias(),
        at(group.last()));
  }

  /// Where each matrix of a stack begins, for every entry of the broadcast leading axes.
  private static int[] starts(Shape s, Shape leading) {
    int count = leading.size();
    int[] starts = new int[count];
    int lead = s.rank() - 2;
    int[] strides = s.strides();
    for (int i = 0; i < count; i++) {
      int rest = i;
      for (int axis = leading.rank() - 1; axis >= 0; axis--) {
        int at = rest % leading.dim(axis);
        rest /= leading.dim(axis);
        int own = axis - (leading.rank() - lead);
        if (own >= 0 && s.dim(own) != 1) {
          starts[i] += at * strides[own];
        }
      }
    }
    return starts;
  }

  private Step conv2d(Fusion.Group group, Op.Conv2d o, String name) {
    Epilogue e = epilogue(group);
    return new ConvStep(name + e.text(), ConvStep.Kind.FORWARD,
        conv(o.x().shape(), o.w().shape(), o.window(), o.groups()), at(o.x()), at(o.w()), e.bias(), e.hasBias(),
        e.relu(), at(group.last()));
  }

  private static ConvSpec conv(Shape x, Shape w, Window window, int groups) {
    return new ConvSpec(x.dim(0), x.dim(1), x.dim(2), x.dim(3), w.dim(0), w.dim(1), w.dim(3), groups, window);
  }

  /// What a product does after the products.
  private record Epilogue(Buffer bias, boolean hasBias, boolean relu, String text) {}

  private Epilogue epilogue(Fusion.Group group) {
    List<Value> members = group.members();
    if (members.size() == 1) {
      return new Epilogue(NONE, false, false, "");
    }
    Value bias = Fusion.biasOf(members.get(0), members.get(1));
    if (bias == null) {
      throw new IllegalStateException(name(members.get(1)) + " is not a bias");
    }
    boolean relu = members.size() == 3;
    return new Epilogue(at(bias), true, relu, relu ? " + bias, relu" : " + bias");
  }

  private Step softmax(String name, boolean logarithm, Value x, Value v) {
    int columns = x.shape().dim(-1);
    return new SoftmaxStep(name, logarithm, x.shape().size() / columns, columns, at(x), at(v));
  }

  private Step index(
      String name, IndexStep.Kind kind, Shape s, int axis, Value x, Value indices, Value v, int stream) {
    int[] d = s.dims();
    int outer = product(d, 0, axis);
    int inner = d.length == 0 ? 1 : product(d, axis + 1, d.length);
    return new IndexStep(name, kind, outer, d.length == 0 ? 1 : d[axis], inner, stream, at(x), at(indices), at(v));
  }

  private static int product(int[] d, int from, int to) {
    return Arrays.stream(d, from, Math.max(from, to)).reduce(1, (a, b) -> a * b);
  }

  private void reduce(Op.Reduce o, Value v, String name, List<Step> out) {
    Shape s = o.x().shape();
    List<Integer> kept = new ArrayList<>();
    List<Integer> folded = new ArrayList<>();
    for (int i = 0; i < s.rank(); i++) {
      if (s.dim(i) != 1) {
        (o.axes().contains(i) ? folded : kept).add(i);
      }
    }
    int axis = folded.stream().mapToInt(s::dim).reduce(1, (a, b) -> a * b);
    boolean oneRun = folded.isEmpty()
        || kept.stream().noneMatch(i -> i > folded.getFirst() && i < folded.getLast());
    if (oneRun) {
      int last = folded.isEmpty() ? s.rank() - 1 : folded.getLast();
      int inner = s.rank() == 0 ? 1 : product(s.dims(), last + 1, s.rank());
      int outer = axis * inner == 0 ? 0 : s.size() / (axis * inner);
      out.add(new ReduceStep(name, o.fn(), outer, axis, inner, at(o.x()), at(v)));
      return;
    }
    List<Integer> order = new ArrayList<>(kept);
    order.addAll(folded);
    for (int i = 0; i < s.rank(); i++) {
      if (s.dim(i) == 1) {
        order.add(i);
      }
    }
    Buffer sorted = Buffer.unplaced(s.size());
    out.add(transpose(name + " (axes in order)", s, order.stream().mapToInt(Integer::intValue).toArray(),
        at(o.x()), sorted));
    int outer = axis == 0 ? 0 : s.size() / axis;
    out.add(new ReduceStep(name, o.fn(), outer, axis, 1, sorted, at(v)));
  }

  private Step upsample(String name, Value x, Value v, int fh, int fw) {
    Shape s = x.shape();
    int[] extents = {s.dim(0), s.dim(1), fh, s.dim(2), fw, s.dim(3)};
    int c = s.dim(3);
    int[] from = {s.dim(1) * s.dim(2) * c, s.dim(2) * c, 0, c, 0, 1};
    return new CopyStep(name, at(x), 0, from, at(v), 0, Shape.of(extents).strides(), extents, false, 0);
  }

  private static Step transpose(String name, Shape s, int[] permutation, Buffer x, Buffer y) {
    int[] strides = s.strides();
    int[] extents = Arrays.stream(permutation).map(s::dim).toArray();
    int[] from = Arrays.stream(permutation).map(i -> strides[i]).toArray();
    return new CopyStep(name, x, 0, from, y, 0, Shape.of(extents).strides(), extents, false, 0);
  }

  /// Repeats a value to a shape in memory.
  Step broadcast(String name, Value x, Shape shape, Buffer y) {
    int[] own = x.shape().strides();
    int lead = shape.rank() - x.shape().rank();
    int[] from = new int[shape.rank()];
    for (int i = lead; i < from.length; i++) {
      from[i] = x.shape().dim(i - lead) == 1 ? 0 : own[i - lead];
    }
    return new CopyStep(name, at(x), 0, from, y, 0, shape.strides(), shape.dims(), false, 0);
  }

  private void concat(String name, List<Value> values, int axis, Value v, List<Step> out) {
    int[] strides = v.shape().strides();
    int start = 0;
    Map<Value, Integer> count = new HashMap<>();
    for (Value part : values) {
      String text = name + " (part " + count.merge(part, 1, Integer::sum) + " of " + part + ")";
      if (part.shape().size() > 0) {
        out.add(new CopyStep(text, at(part), 0, part.shape().strides(), at(v), start * strides[axis], strides,
            part.shape().dims(), false, 0));
      }
      start += part.shape().dim(axis);
    }
  }

  private Step slice(String name, Op.Slice o, Value v) {
    int[] strides = o.x().shape().strides();
    int[] from = new int[strides.length];
    int start = 0;
    for (int i = 0; i < strides.length; i++) {
      start += o.starts().get(i) * strides[i];
      from[i] = o.steps().get(i) * strides[i];
    }
    return new CopyStep(name, at(o.x()), start, from, at(v), 0, v.shape().strides(), v.shape().dims(), false, 0);
  }

  private Step pad(String name, Op.Pad o, Value v) {
    int[] strides = v.shape().strides();
    int[] to = new int[strides.length];
    int start = 0;
    for (int i = 0; i < strides.length; i++) {
      start += o.low().get(i) * strides[i];
      to[i] = (o.interior().get(i) + 1) * strides[i];
    }
    return new CopyStep(
        name, at(o.x()), 0, o.x().shape().strides(), at(v), start, to, o.x().shape().dims(), true, o.value());
  }
}
