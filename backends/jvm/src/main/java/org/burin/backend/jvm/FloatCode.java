package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.burin.ir.Graph;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// Writes the methods that compute a graph of floats for one sample, one after another: one for every kept value.
final class FloatCode {
  /// Outputs of a dense layer that are summed up side by side: enough to hide the latency of a fused multiply-add.
  private static final int BLOCK = 16;

  /// A generated method without result.
  ///
  /// @param name its name
  /// @param ports the inputs that it reads
  /// @param text its statements
  /// @param words what it computes
  record Method(String name, List<FloatStorage.Port> ports, String text, String words) {}

  private final FloatRoots roots;
  private final FloatStorage storage;
  private final Map<String, Tensor> parameters;
  private final List<Method> methods = new ArrayList<>();

  FloatCode(Graph graph, Map<String, Tensor> parameters) {
    roots = FloatRoots.of(graph);
    storage = new FloatStorage(graph);
    this.parameters = parameters;
  }

  FloatStorage storage() {
    return storage;
  }

  /// Writes all methods, in the order in which they have to run.
  List<Method> write() {
    for (Value root : roots.order()) {
      Body body = new Body();
      write(root, elements(body));
      List<FloatStorage.Port> ports = new ArrayList<>(storage.inputs());
      ports.removeIf(p -> !body.parameters().contains(p.name()));
      String layer = root.layer().isEmpty() ? "" : root.layer() + ": ";
      methods.add(new Method("step" + methods.size(), ports, body.text(), layer + root + " " + root.shape()));
    }
    return methods;
  }

  /// Writes elements of any value into a body, such as those of an output.
  FloatElements elements(Body body) {
    return new FloatElements(roots, storage, parameters, body);
  }

  private void write(Value root, FloatElements elements) {
    Body body = elements.body();
    switch (root.op()) {
      case Op.Concat(var values, var axis) -> {
        int start = 0;
        for (Value part : values) {
          List<Affine> offset = new ArrayList<>(Collections.nCopies(root.shape().rank(), Affine.ZERO));
          offset.set(axis, Affine.of(start));
          copy(root, part, offset, Collections.nCopies(root.shape().rank(), 0), elements);
          start += FloatElements.shape(part).dim(axis);
        }
      }
      case Op.Pad o -> {
        List<Affine> index = open(FloatElements.shape(root), body);
        store(root, index, FloatElements.literal(o.value()), body);
        close(index, body);
        copy(root, o.x(), o.low().stream().map(Affine::of).toList(), o.interior(), elements);
      }
      case Op.Softmax(var x) -> softmax(root, x, false, elements);
      case Op.LogSoftmax(var x) -> softmax(root, x, true, elements);
      default -> {
        Optional<Value> product = product(root, elements);
        if (product.isPresent()) {
          dense(root, product.get(), elements);
        } else {
          List<Affine> index = open(FloatElements.shape(root), body);
          store(root, index, elements.compute(root, index), body);
          close(index, body);
        }
      }
    }
  }

  private static List<Affine> open(Shape shape, Body body) {
    List<Affine> index = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      index.add(body.loop(shape.dim(i)));
    }
    return index;
  }

  private static void close(List<Affine> index, Body body) {
    index.forEach(body::end);
  }

  private void store(Value root, List<Affine> index, String code, Body body) {
    body.statement(target(root, index, body) + " = " + code);
  }

  private String target(Value root, List<Affine> index, Body body) {
    return body.alias("this." + storage.field(root)) + "[" + Elements.flat(FloatElements.shape(root), index) + "]";
  }

  private void copy(
      Value root, Value part, List<Affine> offset, List<Integer> interior, FloatElements elements) {
    List<Affine> index = open(FloatElements.shape(part), elements.body());
    List<Affine> to = new ArrayList<>();
    for (int i = 0; i < index.size(); i++) {
      to.add(index.get(i).times(interior.get(i) + 1).plus(offset.get(i)));
    }
    store(root, to, elements.at(part, index), elements.body());
    close(index, elements.body());
  }

  private void softmax(Value root, Value x, boolean logarithm, FloatElements elements) {
    Body body = elements.body();
    Shape s = FloatElements.shape(root);
    List<Affine> row = new ArrayList<>();
    for (int i = 0; i < s.rank() - 1; i++) {
      row.add(body.loop(s.dim(i)));
    }
    elements.folds().softmax(x, row, logarithm, j -> {
      List<Affine> index = new ArrayList<>(row);
      index.add(j);
      return target(root, index, body);
    }, root);
    row.forEach(body::end);
  }

  // ---- dense layers -----------------------------------------------------------------------------------------------

  /// The only product on the way to a kept value, if weights are constant.
  Optional<Value> product(Value root, FloatElements elements) {
    List<Value> found = new ArrayList<>();
    collect(root, root, found);
    return found.size() == 1 && FloatProducts.isDense(found.getFirst(), elements)
        ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /// The form for many samples, if the graph has one.
  Optional<Batch> batch() {
    return FloatBatch.of(roots, storage, this);
  }

  private void collect(Value root, Value v, List<Value> found) {
    boolean pointwise = v.op() instanceof Op.Unary || v.op() instanceof Op.Binary || v.op() instanceof Op.Select
        || v.op() instanceof Op.Quantize || v.op() instanceof Op.QuantizeBits || v.op() instanceof Op.StopGradient
        || v.op() instanceof Op.StraightThrough;
    if (!pointwise || !v.shape().equals(root.shape())) {
      found.add(v);
      return;
    }
    for (Value o : FloatRoots.operands(v)) {
      if (!roots.isKept(o) && !FloatRoots.isLeaf(o.op())) {
        collect(root, o, found);
      }
    }
  }

  /// Blocks of outputs side by side, in a loop over blocks; then those that are left.
  private void dense(Value root, Value product, FloatElements elements) {
    Body body = elements.body();
    Shape s = FloatElements.shape(product);
    List<Affine> pixel = new ArrayList<>();
    for (int i = 0; i < s.rank() - 1; i++) {
      pixel.add(body.loop(s.dim(i)));
    }
    int outputs = s.dim(-1);
    Affine block = Affine.ZERO;
    if (outputs >= BLOCK) {
      block = body.loop(outputs / BLOCK);
      block(root, product, pixel, block.times(BLOCK), BLOCK, elements);
      body.end(block);
    }
    if (outputs % BLOCK > 0) {
      block(root, product, pixel, Affine.of(outputs / BLOCK * BLOCK), outputs % BLOCK, elements);
    }
    pixel.forEach(body::end);
  }

  private void block(
      Value root, Value product, List<Affine> pixel, Affine first, int count, FloatElements elements) {
    Body body = elements.body();
    List<String> sums = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sums.add(body.mutableFloat("s", "0f"));
    }
    elements.products().dense(product, pixel, first, sums);
    for (int i = 0; i < count; i++) {
      List<Affine> index = new ArrayList<>(pixel);
      index.add(first.plus(i));
      store(root, index, elements.compute(root, index, product, sums.get(i)), body);
    }
  }
}
