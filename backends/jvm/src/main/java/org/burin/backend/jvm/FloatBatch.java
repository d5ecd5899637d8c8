package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.UnaryFn;

/// The [Batch] of a graph of floats.
///
/// HotSpot makes no vectors of `x > 0 ? x : 0`, which is 0 for NaN, but of `Math.max(x, 0)`, which is not. So blocks
/// are computed together only if their inputs are small enough that nothing can become NaN.
final class FloatBatch {
  /// Inputs of blocks that are computed together are not larger.
  static final float INPUT = 1e9f;
  /// Sums stay below this with room for their rounding.
  private static final double LARGEST = 1e37;

  private final FloatRoots roots;
  private final FloatStorage storage;
  private final FloatCode code;
  private final Map<Value, Double> bounds = new HashMap<>();

  private FloatBatch(FloatRoots roots, FloatStorage storage, FloatCode code) {
    this.roots = roots;
    this.storage = storage;
    this.code = code;
  }

  /// The form for many samples, if the graph has one.
  static Optional<Batch> of(FloatRoots roots, FloatStorage storage, FloatCode code) {
    return new FloatBatch(roots, storage, code).build();
  }

  private Optional<Batch> build() {
    for (FloatStorage.Port p : storage.inputs()) {
      bounds.put(p.value(), (double) INPUT);
    }
    List<Batch.Layer> layers = new ArrayList<>();
    for (Value root : roots.order()) {
      Optional<Batch.Layer> layer = layer(root);
      if (layer.isEmpty()) {
        return Optional.empty();
      }
      layers.add(layer.get());
    }
    List<Batch.End> outputs = new ArrayList<>();
    for (FloatStorage.Port p : storage.outputs()) {
      Value source = FloatRoots.source(p.value());
      if (!roots.isKept(source)) {
        return Optional.empty();
      }
      outputs.add(new Batch.End(p.name(), Batch.rows(source.id()), FloatElements.shape(source).size()));
    }
    List<Batch.End> inputs = new ArrayList<>();
    for (FloatStorage.Port p : storage.inputs()) {
      if (p.value().shape().batchAxis() != 0) {
        return Optional.empty();
      }
      inputs.add(new Batch.End(p.name(), Batch.rows(p.value().id()), FloatElements.shape(p.value()).size()));
    }
    return Optional.of(new Batch(inputs, outputs, layers));
  }

  private Optional<Batch.Layer> layer(Value root) {
    Body body = new Body();
    FloatElements elements = code.elements(body);
    Optional<Value> found = code.product(root, elements);
    if (found.isEmpty() || root.shape().batchAxis() != 0 || !readsNothingElse(root, found.get())) {
      return Optional.empty();
    }
    Value v = found.get();
    Value source = FloatRoots.source(FloatRoots.operands(v).getFirst());
    if (!(source.op() instanceof Op.Input) && !roots.isKept(source)) {
      return Optional.empty();
    }
    String rows = Batch.rows(root.id());
    Optional<Linear> linear = linear(v, elements);
    double sums = Objects.requireNonNull(bounds.get(source)) * linear.map(FloatBatch::gain).orElse(0.0);
    bounds.put(v, sums);
    bounds.put(root, bound(root, elements));
    if (!(sums < LARGEST) || !(bound(root, elements) < LARGEST)) {
      return Optional.empty();
    }
    elements.finite();
    return linear.map(l -> new Batch.Layer(Batch.rows(source.id()), rows, l, false,
        root == v ? "" : after(root, v, rows, body, elements)));
  }

  private boolean readsNothingElse(Value v, Value product) {
    for (Value o : FloatRoots.operands(v)) {
      boolean known = o == product || o.op() instanceof Op.Constant || o.op() instanceof Op.Parameter
          || (!roots.isKept(o) && !FloatRoots.isLeaf(o.op()) && readsNothingElse(o, product));
      if (v != product && !known) {
        return false;
      }
    }
    return true;
  }

  /// The most by which sums of products are larger than what goes in.
  private static double gain(Linear linear) {
    double[] sums = new double[linear.outputs()];
    for (int i = 0; i < linear.weights().length; i++) {
      sums[i % sums.length] += Math.abs((double) linear.weights()[i]);
    }
    return Arrays.stream(sums).max().orElse(0);
  }

  /// The largest size of the elements of a value; infinite if nothing is known.
  private double bound(Value v, FloatElements elements) {
    Double known = bounds.get(v);
    if (known != null) {
      return known;
    }
    Tensor t = elements.constant(v);
    if (t != null) {
      double most = 0;
      for (float f : t.data()) {
        most = Math.max(most, Math.abs((double) f));
      }
      return most;
    }
    return switch (v.op()) {
      case Op.Unary(var fn, var x) when fn == UnaryFn.RELU || fn == UnaryFn.NEG || fn == UnaryFn.ABS ->
          bound(x, elements);
      case Op.Binary(var fn, var a, var b) when fn == BinaryFn.ADD || fn == BinaryFn.SUB ->
          bound(a, elements) + bound(b, elements);
      case Op.Binary(var fn, var a, var b) when fn == BinaryFn.MUL -> bound(a, elements) * bound(b, elements);
      default -> Double.POSITIVE_INFINITY;
    };
  }

  private static Optional<Linear> linear(Value v, FloatElements elements) {
    List<Value> operands = FloatRoots.operands(v);
    Tensor w = elements.constant(operands.get(1));
    Shape y = FloatElements.shape(v);
    if (w == null || y.size() == 0) {
      return Optional.empty();
    }
    return Optional.of(v.op() instanceof Op.Conv2d(_, _, var window, _)
        ? Linear.convolution(FloatElements.shape(operands.get(0)), w.shape(), y, window, w.data())
        : Linear.dense(y.size() / y.dim(-1), w.shape().dim(0), y.dim(-1), w.data()));
  }

  private static String after(Value root, Value product, String rows, Body body, FloatElements elements) {
    Shape shape = FloatElements.shape(root);
    List<Affine> index = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      index.add(body.loop(shape.dim(i)));
    }
    return Batch.after(body, index, Elements.flat(shape, index), rows,
        () -> body.statement("row[s] = " + elements.compute(root, index, product, "row[s]")));
  }
}
