package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedOperands;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;

/// Writes the methods that compute a fixed-point graph for one sample, one after another.
final class FixedCode {
  /// HotSpot never compiles methods of more than 8,000 bytes of bytecode; the bound on the size is above the size.
  private static final int METHOD_BYTES = 7_600;

  /// A generated method without result.
  ///
  /// @param name its name
  /// @param ports the inputs and outputs that it uses
  /// @param text its statements
  /// @param words what it computes
  record Method(String name, List<Storage.Port> ports, String text, String words) {}

  private final Form form;
  private final Roots roots;
  private final Storage storage;
  private final List<Method> methods = new ArrayList<>();
  /// Kept values of which some reader is in another method, which outputs only are not.
  private final Set<FixedValue> stored = new HashSet<>();
  private final Map<FixedValue, Set<FixedValue>> gathered = new HashMap<>();

  FixedCode(FixedGraph graph, Form form) {
    this.form = form;
    roots = Roots.of(graph);
    storage = new Storage(graph);
  }

  Storage storage() {
    return storage;
  }

  /// Writes all methods, in the order in which they have to run.
  List<Method> write() {
    CostModel costs = new CostModel(roots, form);
    List<FixedValue> straight = new ArrayList<>();
    for (FixedValue root : roots.order()) {
      Form chosen = costs.form(root);
      if (chosen == Form.STRAIGHT) {
        straight.add(root);
        continue;
      }
      straight(straight);
      straight.clear();
      Optional<FixedValue> product = Lanes.product(root, roots);
      Optional<Lanes> lanes = product.flatMap(Lanes::of);
      if (chosen == Form.LANES && product.isPresent() && lanes.isPresent()) {
        lanes(root, product.get(), lanes.get());
      } else {
        loops(root);
      }
    }
    straight(straight);
    return methods;
  }

  private void finish(Body body, List<FixedValue> computed) {
    String name = "step" + methods.size();
    List<Storage.Port> ports = new ArrayList<>(storage.inputs());
    ports.addAll(storage.outputs());
    ports.removeIf(p -> !body.parameters().contains(p.name()));
    methods.add(new Method(name, ports, body.text(), words(computed)));
  }

  private static String words(List<FixedValue> computed) {
    StringBuilder s = new StringBuilder();
    String layer = "";
    for (FixedValue v : computed) {
      s.append(s.isEmpty() ? "" : ", ");
      if (!v.layer().isEmpty() && !v.layer().equals(layer)) {
        s.append(v.layer()).append(": ");
        layer = v.layer();
      }
      s.append(v).append(' ').append(v.shape()).append(' ').append(v.precision().type());
    }
    return s.toString();
  }

  private void store(FixedValue v, Affine flat, Term t, Body body) {
    boolean wide = Fits.isWide(v);
    if (stored.contains(v)) {
      body.statement(storage.field(v, flat, body) + " = " + bare(t, wide));
    }
    for (Storage.Port port : storage.outputs(v)) {
      body.statement(storage.element(port, flat, body) + " = " + bare(t, wide));
    }
  }

  private static String bare(Term t, boolean wide) {
    return t.wide() == wide && !t.isLiteral() ? t.bare() : t.as(wide);
  }

  private void keep(FixedValue root) {
    if (!roots.readers(root).isEmpty()) {
      stored.add(root);
    }
  }

  // ---- loops ----------------------------------------------------------------------------------------------------

  private void loops(FixedValue root) {
    keep(root);
    Body body = new Body();
    Elements elements = new Elements(roots, storage, body);
    switch (root.op()) {
      case FixedOp.Concat(var values, var axis) -> {
        int start = 0;
        for (FixedValue part : values) {
          List<Affine> offset = zeros(root);
          offset.set(axis, Affine.of(start));
          copy(root, part, offset, 1, List.of(), elements);
          start += Elements.shape(part).dim(axis);
        }
      }
      case FixedOp.Pad o -> {
        pad(root, o.value(), elements);
        List<Affine> offset = new ArrayList<>(o.low().stream().map(Affine::of).toList());
        copy(root, o.x(), offset, 0, o.interior(), elements);
      }
      default -> {
        List<Affine> index = open(Elements.shape(root), body);
        store(root, Elements.flat(Elements.shape(root), index), elements.compute(root, index), body);
        close(index, body);
      }
    }
    finish(body, List.of(root));
  }

  private static List<Affine> zeros(FixedValue v) {
    List<Affine> zeros = new ArrayList<>();
    for (int i = 0; i < v.shape().rank(); i++) {
      zeros.add(Affine.ZERO);
    }
    return zeros;
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

  private void pad(FixedValue root, FixedTensor value, Elements elements) {
    Body body = elements.body();
    List<Affine> index = open(Elements.shape(root), body);
    Term t = Arithmetic.shift(Term.literal(value.raw()[0]), Elements.fraction(root) - value.fraction());
    store(root, Elements.flat(Elements.shape(root), index), t, body);
    close(index, body);
  }

  /// Writes a part of a value: every element of `part` at its index times (interior + 1) plus the offset.
  private void copy(
      FixedValue root, FixedValue part, List<Affine> offset, int plain, List<Integer> interior, Elements elements) {
    Body body = elements.body();
    List<Affine> index = open(Elements.shape(part), body);
    List<Affine> target = new ArrayList<>();
    for (int i = 0; i < index.size(); i++) {
      target.add(index.get(i).times(plain == 1 ? 1 : interior.get(i) + 1).plus(offset.get(i)));
    }
    Term t = Arithmetic.shift(elements.at(part, index), Elements.fraction(root) - Elements.fraction(part));
    store(root, Elements.flat(Elements.shape(root), target), t, body);
    close(index, body);
  }

  // ---- packed weights -------------------------------------------------------------------------------------------

  private void lanes(FixedValue root, FixedValue product, Lanes lanes) {
    keep(root);
    int blocks = blocks(root, product, lanes, 0, 1).count();
    int from = 0;
    while (from < blocks) {
      int to = from + 1;
      while (to < blocks && blocks(root, product, lanes, from, to + 1).body.bytes() <= METHOD_BYTES) {
        to++;
      }
      finish(blocks(root, product, lanes, from, to).body, List.of(root));
      from = to;
    }
  }

  /// A method with some of the blocks.
  ///
  /// @param count how many blocks there are in all
  private record Blocks(Body body, int count) {}

  private Blocks blocks(FixedValue root, FixedValue product, Lanes lanes, int from, int to) {
    Body body = new Body();
    Elements elements = new Elements(roots, storage, body);
    LaneCode code = new LaneCode(elements, product, lanes);
    code.write(from, to, (index, value) -> {
      Term t = elements.compute(root, index, product, value);
      store(root, Elements.flat(Elements.shape(root), index), body.named(t), body);
    });
    return new Blocks(body, code.blocks());
  }

  // ---- no loops ---------------------------------------------------------------------------------------------------

  /// One element of a kept value.
  private record Element(FixedValue root, int flat) {}

  /// Kept values without loops: in one method if they fit, in several otherwise.
  private void straight(List<FixedValue> segment) {
    if (segment.isEmpty()) {
      return;
    }
    List<Element> all = new ArrayList<>();
    for (FixedValue root : segment) {
      for (int i = 0; i < Elements.shape(root).size(); i++) {
        all.add(new Element(root, i));
      }
    }
    List<List<Element>> parts = fitsOneMethod(all, segment) ? List.of(all) : divide(all);
    Map<FixedValue, Set<Integer>> homes = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      for (Element e : parts.get(i)) {
        homes.computeIfAbsent(e.root, _ -> new HashSet<>()).add(i);
      }
    }
    for (FixedValue root : segment) {
      Set<Integer> home = homes.getOrDefault(root, Set.of());
      boolean elsewhere = roots.readers(root).stream()
          .anyMatch(r -> home.size() > 1 || !home.equals(homes.get(r)));
      if (elsewhere) {
        stored.add(root);
      }
    }
    for (List<Element> part : parts) {
      Body body = new Body();
      Elements elements = new Elements(roots, storage, body);
      for (Element e : part) {
        store(e.root, Affine.of(e.flat), write(e, elements), body);
      }
      finish(body, part.stream().map(Element::root).distinct().toList());
    }
  }

  /// Whether a segment fits into one method, of which only what is read elsewhere is stored.
  private boolean fitsOneMethod(List<Element> all, List<FixedValue> segment) {
    Body body = new Body();
    Elements elements = new Elements(roots, storage, body);
    Set<FixedValue> inside = new HashSet<>(segment);
    for (Element e : all) {
      Term t = write(e, elements);
      boolean isRead = !inside.containsAll(roots.readers(e.root));
      if (isRead || !storage.outputs(e.root).isEmpty()) {
        body.statement("stored[" + e.flat + "] = " + t.code());
      }
      if (body.bytes() > METHOD_BYTES || inside.stream().anyMatch(r -> addresses(e.root, r))) {
        return false;
      }
    }
    return true;
  }

  /// Cuts elements into runs each of which fits into a method, as if all of them were stored.
  private List<List<Element>> divide(List<Element> all) {
    List<List<Element>> parts = new ArrayList<>();
    List<Element> part = new ArrayList<>();
    Elements elements = new Elements(roots, storage, new Body());
    for (Element e : all) {
      measure(e, elements);
      boolean addressed = part.stream().anyMatch(p -> addresses(e.root, p.root));
      if (!part.isEmpty() && (elements.body().bytes() > METHOD_BYTES || addressed)) {
        parts.add(part);
        part = new ArrayList<>();
        elements = new Elements(roots, storage, new Body());
        measure(e, elements);
      }
      part.add(e);
    }
    parts.add(part);
    return parts;
  }

  private void measure(Element e, Elements elements) {
    Term t = write(e, elements);
    elements.body().statement("stored[" + e.flat + "] = " + t.code());
  }

  /// Whether an element of the reader reads elements of the other value at an index that is data, hence from memory.
  private boolean addresses(FixedValue reader, FixedValue other) {
    return gathered.computeIfAbsent(reader, r -> {
      Set<FixedValue> found = new HashSet<>();
      gathered(r, false, found);
      return found;
    }).contains(other);
  }

  private void gathered(FixedValue v, boolean addressed, Set<FixedValue> found) {
    for (FixedValue o : FixedOperands.of(v.op())) {
      boolean here = addressed || (v.op() instanceof FixedOp.Gather(var x, var indices, _) && x == o
          && !(indices.op() instanceof FixedOp.Constant));
      if (roots.isKept(o)) {
        if (here) {
          found.add(o);
        }
      } else {
        gathered(o, here, found);
      }
    }
  }

  private static Term write(Element e, Elements elements) {
    List<Affine> index = Elements.unflatten(Elements.shape(e.root), e.flat);
    Term t = elements.body().named(elements.compute(e.root, index));
    elements.remember(e.root, index, t);
    return t;
  }
}
