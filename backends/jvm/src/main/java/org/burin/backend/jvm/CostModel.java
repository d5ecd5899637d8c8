package org.burin.backend.jvm;

import java.util.List;
import org.burin.fixed.ElementTypes;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedOperands;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;

/// Chooses the form of the code of each kept value, by what the forms were measured to cost.
///
/// The numbers are nanoseconds on one core of an AMD Zen 4 at 3.5 GHz (JDK 17 and 25, medians): a product with a
/// literal and its addition take 0.34 without a loop, 0.26 for a power of two; in loops over tables of weights a
/// product takes 0.39, be it of one number or of several packed in a `long`, and 0.22 if they are packed in a `double`.
final class CostModel {
  private static final double LITERAL = 0.34;
  private static final double POWER_OF_TWO = 0.26;
  static final double IN_LOOP = 0.39;
  static final double IN_DOUBLES = 0.22;
  private static final double UNPACK = 1.2;
  private static final double ELEMENT = 1.0;
  private static final double ELEMENT_IN_LOOP = 1.5;
  private static final double LOOP = 4;
  /// Beyond this the compiler's own time, and the instruction cache, outweigh what is gained.
  private static final int MOST_BYTES = 30_000;
  /// One element cannot be cut in two.
  private static final int MOST_BYTES_PER_ELEMENT = 3_000;
  private static final int BYTES_PER_PRODUCT = 7;
  private static final int BYTES_PER_ELEMENT = 30;

  /// What a kept value costs in each form.
  ///
  /// @param straight nanoseconds without loops
  /// @param loops nanoseconds in loops
  /// @param lanes nanoseconds in loops over packed weights; infinite where they cannot be packed
  /// @param bytes of bytecode without loops
  /// @param elements how many elements it has
  record Cost(double straight, double loops, double lanes, long bytes, int elements) {
    boolean fits() {
      return bytes <= MOST_BYTES && bytes <= (long) MOST_BYTES_PER_ELEMENT * elements;
    }

    Form best() {
      if (fits() && straight <= Math.min(loops, lanes)) {
        return Form.STRAIGHT;
      }
      return lanes < loops ? Form.LANES : Form.LOOPS;
    }
  }

  private final Roots roots;
  private final Form wanted;

  /// @param wanted the form to use wherever it can be used; AUTO for the one that costs least
  CostModel(Roots roots, Form wanted) {
    this.roots = roots;
    this.wanted = wanted;
  }

  Form form(FixedValue root) {
    if (needsStraight(root)) {
      return Form.STRAIGHT;
    }
    Cost cost = cost(root);
    return switch (wanted) {
      case AUTO -> cost.best();
      case STRAIGHT -> cost.fits() ? Form.STRAIGHT : Form.LOOPS;
      case LOOPS -> Form.LOOPS;
      case LANES -> cost.lanes < Double.POSITIVE_INFINITY ? Form.LANES : Form.LOOPS;
    };
  }

  Cost cost(FixedValue root) {
    int elements = Elements.shape(root).size();
    double lanes = Lanes.product(root, roots).isPresent() ? 0 : Double.POSITIVE_INFINITY;
    Cost own = new Cost(ELEMENT * elements, LOOP + ELEMENT_IN_LOOP * elements, lanes,
        (long) BYTES_PER_ELEMENT * elements, elements);
    return add(own, inside(root, elements));
  }

  private static Cost add(Cost a, Cost b) {
    return new Cost(a.straight + b.straight, a.loops + b.loops, a.lanes + b.lanes, a.bytes + b.bytes, a.elements);
  }

  /// The products in what is computed together with a kept value.
  private Cost inside(FixedValue v, int elements) {
    Cost sum = products(v, elements);
    for (FixedValue o : FixedOperands.of(v.op())) {
      if (!roots.isKept(o) && !Roots.isLeaf(o.op())) {
        sum = add(sum, inside(o, elements));
      }
    }
    return sum;
  }

  private static Cost products(FixedValue v, int elements) {
    return switch (v.op()) {
      case FixedOp.MatMul o -> {
        int depth = Elements.shape(o.a()).dim(o.transA() ? -2 : -1);
        int outputs = Elements.shape(v).size();
        boolean constant = o.b().op() instanceof FixedOp.Constant;
        int rows = constant ? outputs / Math.max(1, Elements.shape(v).dim(-1)) : 1;
        yield weighted(v, o.b(), rows, (long) depth * outputs, elements);
      }
      case FixedOp.Conv2d o -> {
        Shape s = Elements.shape(v);
        Shape w = Elements.shape(o.w());
        yield weighted(v, o.w(), s.dim(1) * s.dim(2), (long) w.dim(0) * w.dim(1) * w.dim(2) * s.size(), elements);
      }
      case FixedOp.Conv2dTranspose o -> {
        Shape s = Elements.shape(o.y());
        Shape w = Elements.shape(o.w());
        yield weighted(v, o.w(), s.dim(1) * s.dim(2), (long) w.dim(0) * w.dim(1) * w.dim(2) * s.size(), elements);
      }
      case FixedOp.MaxPool2d(_, var kh, var kw, _) -> folded((long) kh * kw * elements);
      case FixedOp.SumPool2d(_, var kh, var kw, _) -> folded((long) kh * kw * elements);
      case FixedOp.Sum(var x, _, _) -> folded(Elements.shape(x).size());
      case FixedOp.Max(var x, _, _) -> folded(Elements.shape(x).size());
      case FixedOp.ArgMax(var x, _) -> folded(Elements.shape(x).size());
      default -> new Cost(0.3 * elements, 0.3 * elements, 0.3 * elements, 6L * elements, elements);
    };
  }

  private static Cost folded(long elements) {
    return new Cost(LITERAL * elements, IN_LOOP * elements, IN_LOOP * elements, BYTES_PER_PRODUCT * elements, 0);
  }

  /// @param uses how often each weight is used
  /// @param products all of them, those with zeros included
  private static Cost weighted(FixedValue v, FixedValue weights, int uses, long products, int elements) {
    double loops = IN_LOOP * products;
    double lanes = Lanes.of(v).map(l -> (l.floating() ? IN_DOUBLES : IN_LOOP) * l.products() + UNPACK * elements)
        .orElse(Double.POSITIVE_INFINITY);
    if (!(weights.op() instanceof FixedOp.Constant(FixedTensor t))) {
      return new Cost(LITERAL * products, loops, lanes, BYTES_PER_PRODUCT * products, elements);
    }
    double straight = 0;
    long count = 0;
    for (long w : t.raw()) {
      straight += w == 0 ? 0 : Long.bitCount(Math.abs(w)) == 1 ? POWER_OF_TWO : LITERAL;
      count += w == 0 ? 0 : 1;
    }
    return new Cost(straight * uses, loops, lanes, BYTES_PER_PRODUCT * count * uses, elements);
  }

  /// Whether something is computed with the value that has no form in loops: quotients brought to different types.
  private boolean needsStraight(FixedValue v) {
    if (v.op() instanceof FixedOp.Divide(_, _, ElementTypes types) && !types.isUniform()) {
      return true;
    }
    List<FixedValue> operands = FixedOperands.of(v.op());
    return operands.stream().anyMatch(o -> !roots.isKept(o) && needsStraight(o));
  }
}
