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
import org.jspecify.annotations.Nullable;

/// A product whose outputs are computed several at once, in lanes of a word: a `double` or a `long`.
///
/// The weights of the outputs of a word lie in one number; a multiplication by an input and an addition then act on all
/// of them. A lane holds its output minus the smallest number that the output is proven to be, so that it is never
/// negative, and has as many bits as that can take; partial sums may run over into their neighbours, since the word is
/// their exact sum. In a `long` every partial sum is exact modulo 2^64. In a `double`, which multiplies twice as fast,
/// it is exact because a word has lanes only as long as none of its partial sums can leave the 53 bits.
///
/// @param depth the number of products of each output
/// @param pixels how often the outputs are computed with the same weights
/// @param floating whether words are `double`
/// @param words the lanes of each word
record Lanes(int depth, int pixels, boolean floating, List<List<Lane>> words) {
  /// The bits of whole numbers that a `double` holds.
  private static final int DOUBLE_BITS = 53;
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
    return onlyProduct(root, roots).filter(v -> of(v).isPresent());
  }

  /// The same, whether the product has lanes or not.
  static Optional<FixedValue> onlyProduct(FixedValue root, Roots roots) {
    List<FixedValue> found = new ArrayList<>();
    collect(root, root, roots, found);
    return found.size() == 1 && found.getFirst().shape().equals(root.shape())
        ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /// Whether no partial sum of a product with constant weights, in any order, is larger than `most`.
  static boolean spreadsWithin(FixedValue v, int depth, long most) {
    return sums(v, depth).stream().allMatch(s -> s.low >= -most && s.high <= most);
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
    List<List<Lane>> longs = pack(v, outputs, null);
    List<Spread> sums = sums(v, depth);
    List<List<Lane>> doubles = pack(v, outputs, sums);
    boolean floating = doubles.size() * CostModel.IN_DOUBLES < longs.size() * CostModel.IN_LOOP
        && doubles.stream().allMatch(w -> isExact(v, w, sums));
    List<List<Lane>> words = floating ? doubles : longs;
    return words.size() < outputs
        ? Optional.of(new Lanes(depth, s.size() / outputs, floating, words)) : Optional.empty();
  }

  /// How far the partial sums of an output can spread, in any order of its products.
  ///
  /// @param low the least
  /// @param high the largest
  private record Spread(double low, double high) {}

  /// The partial sums of every output. They are sums of whole numbers in `double`, and rounded only where they are too
  /// large to be of use.
  private static List<Spread> sums(FixedValue v, int depth) {
    FixedValue x = FixedOperands.of(v.op()).getFirst();
    int channels = Elements.shape(x).dim(-1);
    long[] weights = ((FixedOp.Constant) FixedOperands.of(v.op()).get(1).op()).value().raw();
    int outputs = Elements.shape(v).dim(-1);
    boolean transposed = isTransposed(v);
    List<Spread> sums = new ArrayList<>();
    for (int o = 0; o < outputs; o++) {
      double low = 0;
      double high = 0;
      for (int k = 0; k < depth; k++) {
        double w = weights[transposed ? o * depth + k : k * outputs + o];
        double a = w * Fits.low(x, k % channels);
        double b = w * Fits.high(x, k % channels);
        low += Math.min(0, Math.min(a, b));
        high += Math.max(0, Math.max(a, b));
      }
      sums.add(new Spread(low, high));
    }
    return sums;
  }

  private static boolean isTransposed(FixedValue product) {
    return product.op() instanceof FixedOp.MatMul o && o.transB();
  }

  /// The weights of the words, one word after another.
  long[] packed(FixedValue product) {
    long[] weights = ((FixedOp.Constant) FixedOperands.of(product.op()).get(1).op()).value().raw();
    int outputs = Elements.shape(product).dim(-1);
    boolean transposed = isTransposed(product);
    long[] packed = new long[words.size() * depth];
    for (int word = 0; word < words.size(); word++) {
      for (Lane lane : words.get(word)) {
        for (int k = 0; k < depth; k++) {
          long w = weights[transposed ? lane.output * depth + k : k * outputs + lane.output];
          packed[word * depth + k] += w << lane.shift;
        }
      }
    }
    return packed;
  }

  /// The widest outputs first, each into the first word that has room for it.
  ///
  /// @param sums the partial sums of every output if words are `double`, null if they are `long`
  private static List<List<Lane>> pack(FixedValue v, int outputs, @Nullable List<Spread> sums) {
    List<Lane> lanes = new ArrayList<>();
    for (int output = 0; output < outputs; output++) {
      lanes.add(new Lane(output, 0, Math.max(1, Fits.bits(Fits.high(v, output) - Fits.low(v, output)))));
    }
    lanes.sort(Comparator.comparingInt(Lane::width).reversed());
    List<List<Lane>> words = new ArrayList<>();
    for (Lane lane : lanes) {
      List<Lane> word = null;
      for (List<Lane> w : words) {
        int end = w.getLast().end();
        List<Lane> longer = new ArrayList<>(w);
        longer.add(new Lane(lane.output, end, lane.width));
        boolean fits = sums == null ? end + lane.width <= Long.SIZE : isExact(v, longer, sums);
        if (fits) {
          word = w;
          break;
        }
      }
      if (word == null) {
        words.add(new ArrayList<>(List.of(lane)));
      } else {
        word.add(new Lane(lane.output, word.getLast().end(), lane.width));
      }
    }
    return words;
  }

  /// Whether no partial sum, and hence no product, of a word leaves the whole numbers that a `double` holds.
  private static boolean isExact(FixedValue v, List<Lane> word, List<Spread> sums) {
    double low = 0;
    double high = 0;
    for (Lane lane : word) {
      Spread s = sums.get(lane.output);
      double start = -(double) Fits.low(v, lane.output);
      low += Math.scalb(Math.min(0, start + s.low), lane.shift);
      high += Math.scalb(Math.max(0, start + s.high), lane.shift);
    }
    return word.getLast().end() < DOUBLE_BITS && high - low < 0x1p53;
  }
}
