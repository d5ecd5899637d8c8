package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedOperands;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;

/// The [Batch] of a fixed-point graph. Rows hold raw integers.
final class FixedBatch {
  /// A float holds all whole numbers up to here.
  private static final long MOST = 1 << 24;

  private final Roots roots;
  private final Storage storage;

  private FixedBatch(Roots roots, Storage storage) {
    this.roots = roots;
    this.storage = storage;
  }

  /// The form for many samples, if the graph has one.
  static Optional<Batch> of(FixedGraph graph, Storage storage) {
    return new FixedBatch(Roots.of(graph), storage).build();
  }

  private Optional<Batch> build() {
    List<Batch.End> inputs = new ArrayList<>();
    for (Storage.Port p : storage.inputs()) {
      boolean fits = p.value().op() instanceof FixedOp.Input(_, _, var types) && types.isUniform() && fits(p.value());
      if (!fits) {
        return Optional.empty();
      }
      inputs.add(end(p));
    }
    List<Batch.Layer> layers = new ArrayList<>();
    for (FixedValue root : roots.order()) {
      Optional<Batch.Layer> layer = layer(root);
      if (layer.isEmpty()) {
        return Optional.empty();
      }
      layers.add(layer.get());
    }
    List<Batch.End> outputs = new ArrayList<>();
    for (Storage.Port p : storage.outputs()) {
      if (!fits(p.value()) || p.value().op() instanceof FixedOp.Input) {
        return Optional.empty();
      }
      outputs.add(end(p));
    }
    return Optional.of(new Batch(inputs, outputs, layers));
  }

  private static Batch.End end(Storage.Port p) {
    return new Batch.End(p.name(), Batch.rows(p.value().id()), Elements.shape(p.value()).size());
  }

  private static boolean fits(FixedValue v) {
    return v.shape().batchAxis() == 0 && Fits.low(v.precision()) >= -MOST && Fits.high(v.precision()) <= MOST;
  }

  private Optional<Batch.Layer> layer(FixedValue root) {
    Optional<FixedValue> product = Lanes.onlyProduct(root, roots);
    if (product.isEmpty() || !fits(root) || !readsNothingElse(root, product.get())) {
      return Optional.empty();
    }
    FixedValue v = product.get();
    FixedValue source = FixedOperands.of(v.op()).getFirst();
    while (source.op() instanceof FixedOp.Reshape(var x, _) && Elements.fraction(x) == Elements.fraction(source)) {
      source = x;
    }
    boolean isRows = source.op() instanceof FixedOp.Input || roots.isKept(source);
    Optional<Linear> linear = linear(v);
    if (!isRows || linear.isEmpty() || !fits(source)) {
      return Optional.empty();
    }
    String rows = Batch.rows(root.id());
    return Optional.of(
        new Batch.Layer(Batch.rows(source.id()), rows, linear.get(), true, root == v ? "" : after(root, v, rows)));
  }

  private boolean readsNothingElse(FixedValue v, FixedValue product) {
    for (FixedValue o : FixedOperands.of(v.op())) {
      boolean known = o == product || o.op() instanceof FixedOp.Constant
          || (!roots.isKept(o) && !Roots.isLeaf(o.op()) && readsNothingElse(o, product));
      if (v != product && !known) {
        return false;
      }
    }
    return true;
  }

  /// The product, if floats compute it exactly.
  private static Optional<Linear> linear(FixedValue v) {
    List<FixedValue> operands = FixedOperands.of(v.op());
    boolean plain = operands.size() == 2 && operands.get(1).op() instanceof FixedOp.Constant(FixedTensor w)
        && Elements.fraction(operands.get(0)) + w.fraction() == Elements.fraction(v);
    if (!plain || !(operands.get(1).op() instanceof FixedOp.Constant(FixedTensor w))) {
      return Optional.empty();
    }
    Shape x = Elements.shape(operands.get(0));
    Shape y = Elements.shape(v);
    int outputs = y.dim(-1);
    int depth = w.size() / Math.max(1, outputs);
    boolean transposed = v.op() instanceof FixedOp.MatMul(_, _, _, var transB) && transB;
    boolean known = switch (v.op()) {
      case FixedOp.MatMul(_, _, var transA, _) -> !transA && w.shape().rank() == 2;
      case FixedOp.Conv2d(_, _, _, var groups) -> groups == 1;
      default -> false;
    };
    if (!known || outputs == 0 || !Lanes.spreadsWithin(v, depth, MOST)) {
      return Optional.empty();
    }
    float[] weights = new float[w.size()];
    for (int k = 0; k < depth; k++) {
      for (int o = 0; o < outputs; o++) {
        weights[k * outputs + o] = w.raw()[transposed ? o * depth + k : k * outputs + o];
      }
    }
    return Optional.of(v.op() instanceof FixedOp.Conv2d(_, _, var window, _)
        ? Linear.convolution(x, w.shape(), y, window, weights)
        : Linear.dense(y.size() / outputs, depth, outputs, weights));
  }

  private String after(FixedValue root, FixedValue product, String rows) {
    Body body = new Body();
    Elements elements = new Elements(roots, storage, body);
    Shape shape = Elements.shape(root);
    List<Affine> index = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      index.add(body.loop(shape.dim(i)));
    }
    return Batch.after(body, index, Elements.flat(shape, index), rows, () -> {
      long low = elements.low(product, index);
      long high = elements.high(product, index);
      Term sum = body.variable(Term.of("(int) row[s]", low, high, false), "t");
      body.statement("row[s] = " + elements.compute(root, index, product, sum).bare());
    });
  }
}
