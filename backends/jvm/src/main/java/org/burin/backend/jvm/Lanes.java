package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedOperands;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;

/// A product whose outputs are computed several at once, in lanes of a `long`.
///
/// The weights of the outputs of a word lie in one `long`; a multiplication by an input and an addition then act on all
/// of them. A lane holds its output minus the smallest number that the output is proven to be, so that it is never
/// negative, and has as many bits as that can take; partial sums may run over into their neighbours, since additions
/// modulo 2^64 lose nothing and every final number fits.
///
/// @param depth the number of products of each output
/// @param pixels how often the outputs are computed with the same weights
/// @param words the lanes of each `long`
record Lanes(int depth, int pixels, List<List<Lane>> words) {
  /// One output in a word.
  ///
  /// @param output its position on the last axis
  /// @param shift the bits below it
  /// @param width its own bits
  record Lane(int output, int shift, int width) {
    /// The bits up to its end.
    int end() {
      return shift + width;
    }
  }

  /// The only product of what is computed together with a kept value, if every element of one belongs to the element of
  /// the other at the same index.
  static Optional<FixedValue> product(FixedValue root, Roots roots) {
    List<FixedValue> found = new ArrayList<>();
    collect(root, root, roots, found);
    return found.size() == 1 && found.getFirst().shape().equals(root.shape()) && of(found.getFirst()).isPresent()
        ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private static void collect(FixedValue root, FixedValue v, Roots roots, List<FixedValue> found) {
    if (v.op() instanceof FixedOp.MatMul || v.op() instanceof FixedOp.Conv2d) {
      found.add(v);
      return;
    }
    boolean pointwise = switch (v.op()) {
      case FixedOp.Quantize _, FixedOp.Divide _, FixedOp.Lookup _, FixedOp.Add _, FixedOp.Subtract _,
          FixedOp.Multiply _, FixedOp.Negate _, FixedOp.Absolute _, FixedOp.Shift _, FixedOp.Maximum _,
          FixedOp.Minimum _, FixedOp.Compare _, FixedOp.Select _ -> v.shape().equals(root.shape());
      default -> false;
    };
    for (FixedValue o : FixedOperands.of(v.op())) {
      if (!roots.isKept(o) && !Roots.isLeaf(o.op())) {
        collect(root, o, roots, found);
        if (!pointwise) {
          // A product behind a move has other indices.
          found.add(o);
        }
      }
    }
  }

  /// How many multiplications there are.
  long products() {
    return (long) depth * words.size() * pixels;
  }

  /// The lanes of a product; empty if it is none with constant weights, or its outputs are too wide.
  static Optional<Lanes> of(FixedValue v) {
    int depth;
    List<FixedValue> operands = FixedOperands.of(v.op());
    boolean plain = operands.size() == 2 && operands.get(1).op() instanceof FixedOp.Constant(FixedTensor w)
        && Elements.fraction(operands.get(0)) + w.fraction() == Elements.fraction(v);
    if (!plain) {
      return Optional.empty();
    }
    if (v.op() instanceof FixedOp.MatMul(_, var b, var transA, _)) {
      if (transA || !(b.op() instanceof FixedOp.Constant(FixedTensor w)) || w.shape().rank() != 2) {
        return Optional.empty();
      }
      depth = w.shape().size() / Math.max(1, v.shape().dim(-1));
    } else if (v.op() instanceof FixedOp.Conv2d(_, var w, _, var groups)) {
      if (groups != 1 || !(w.op() instanceof FixedOp.Constant(FixedTensor t))) {
        return Optional.empty();
      }
      depth = t.shape().dim(0) * t.shape().dim(1) * t.shape().dim(2);
    } else {
      return Optional.empty();
    }
    Shape s = Elements.shape(v);
    int outputs = s.dim(-1);
    List<List<Lane>> words = pack(v, outputs);
    return words.size() < outputs ? Optional.of(new Lanes(depth, s.size() / outputs, words)) : Optional.empty();
  }

  /// The widest outputs first, each into the first word that has room for it.
  private static List<List<Lane>> pack(FixedValue v, int outputs) {
    List<Lane> lanes = new ArrayList<>();
    for (int output = 0; output < outputs; output++) {
      lanes.add(new Lane(output, 0, Math.max(1, Fits.bits(Fits.high(v, output) - Fits.low(v, output)))));
    }
    lanes.sort(Comparator.comparingInt(Lane::width).reversed());
    List<List<Lane>> words = new ArrayList<>();
    for (Lane lane : lanes) {
      List<Lane> word = words.stream()
          .filter(w -> w.getLast().end() + lane.width <= Long.SIZE).findFirst().orElse(null);
      if (word == null) {
        words.add(new ArrayList<>(List.of(lane)));
      } else {
        word.add(new Lane(lane.output, word.getLast().end(), lane.width));
      }
    }
    return words;
  }
}
