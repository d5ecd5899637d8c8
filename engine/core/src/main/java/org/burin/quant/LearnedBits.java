package org.burin.quant;

import java.util.List;
import java.util.stream.IntStream;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Initializer;
import org.burin.nn.Model;
import org.burin.nn.Net;
import org.burin.nn.Parameters;
import org.burin.nn.Quantizer;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.UnaryFn;

/// Fixed-point types whose bits are trained with everything else (Sun et al., "Gradient-based automatic mixed precision
/// quantization for neural networks on-chip", arXiv 2405.00645, and the parametrizations of its successor HGQ2).
///
/// A type is i integer bits (without the sign bit) and f fractional bits, whole numbers that are rounded (half to even)
/// from trained ones. With `q = 2^-f round(2^f c)` and `c` the number brought into `[low, high]`, the gradients are
///
/// - `dq/dx = 1` within the range, 0 beyond;
/// - `dq/df = ln 2 (c - q)`, the error of the rounding: where a bit more would make the loss smaller, there will be one;
/// - beyond the range also `dq/di` and `dq/df` of its end, which is `high = 2^i - 2^-f`;
/// - rounding of i and f passes gradients straight through.
///
/// An element of no bits is 0: pruned. What presses the bits down is the penalty on [Ebops]
/// (`Trainer.withEbops`), and [#withL1].
///
/// Parameters of a value NAME are `NAME_integer` and `NAME_bits = i + f` for weights, `NAME_integer` and
/// `NAME_fraction` for data. Bits lie in [0,23], i in [-23,23], f in [-24,24]; a type has at most 24 bits, which a
/// float32 holds.
///
/// Beyond the range numbers saturate, unless the range is [#tracked]: then i is no weight but a state, that follows the
/// numbers seen.
///
/// @param form which two of i, f, i + f are kept
/// @param signed whether there is a sign bit
/// @param granularity which elements share bits
/// @param rounding how numbers are rounded
/// @param overflow what happens beyond the range
/// @param integer the first i
/// @param fraction the first f
/// @param l1 the factor of the sum of the learnt bits in the loss, at least 0
/// @param tracking how i follows the numbers, where it is not trained
public record LearnedBits(
    Form form,
    boolean signed,
    Granularity granularity,
    Rounding rounding,
    Overflow overflow,
    float integer,
    float fraction,
    float l1,
    Tracking tracking)
    implements Quantizer {
  /// What a tracked i is before any number was seen.
  private static final float UNSEEN = -1024f;

  private static final float LARGE = 1e30f;
  private static final float LN2 = 0.6931472f;
  private static final int MOST_BITS = 23;
  private static final int MOST_INTEGER = 23;
  private static final int MOST_FRACTION = 24;

  /// Which two numbers describe a type.
  public enum Form {
    /// i and i + f: taking a bit away leaves the range
    INTEGER_AND_BITS,
    /// i and f
    INTEGER_AND_FRACTION
  }

  /// How integer bits come about.
  ///
  /// @param on whether they are tracked rather than trained
  /// @param decay how much i sinks with every training step, when the numbers do not need it
  /// @param margin how many integer bits more the deployed type has than the numbers seen need, at least 0
  public record Tracking(boolean on, float decay, int margin) {
    /// i is trained.
    public static final Tracking OFF = new Tracking(false, 0f, 0);
  }

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException when a number is out of its range
  public LearnedBits {
    check(integer >= -MOST_INTEGER && integer <= MOST_INTEGER, "number of integer bits", integer, "-23 to 23");
    check(fraction >= -MOST_FRACTION && fraction <= MOST_FRACTION, "number of fractional bits", fraction, "-24 to 24");
    check(integer + fraction >= 0 && integer + fraction <= MOST_BITS, "number of bits", integer + fraction, "0 to 23");
    check(l1 >= 0 && l1 < Float.POSITIVE_INFINITY, "factor of the penalty", l1, "a number of at least 0");
    check(tracking.decay >= 0 && tracking.margin >= 0, "margin", tracking.margin,
        "at least 0, and a decay of at least 0");
  }

  private static void check(boolean holds, String what, float found, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("learned bits: the " + what + " is " + found + "; expected " + expected);
    }
  }

  /// For weights: every weight has bits of its own, at first 2 integer and 6 fractional ones beside the sign; rounded to
  /// nearest (halves up), saturating symmetrically.
  public static LearnedBits weights() {
    return new LearnedBits(Form.INTEGER_AND_BITS, true, Granularity.ELEMENT, Rounding.RND, Overflow.SAT_SYM,
        2f, 6f, 0f, Tracking.OFF);
  }

  /// For data: every element of a sample has bits of its own, at first 2 integer and 6 fractional ones beside the sign;
  /// rounded to nearest (halves up), saturating.
  public static LearnedBits activations() {
    return new LearnedBits(Form.INTEGER_AND_FRACTION, true, Granularity.ELEMENT, Rounding.RND, Overflow.SAT,
        2f, 6f, 0f, Tracking.OFF);
  }

  /// The same without a sign bit: negative numbers become 0, as with a ReLU.
  public LearnedBits unsigned() {
    return new LearnedBits(form, false, granularity, rounding, overflow, integer, fraction, l1, tracking);
  }

  /// The same with other bits in common.
  public LearnedBits withGranularity(Granularity newGranularity) {
    return new LearnedBits(form, signed, newGranularity, rounding, overflow, integer, fraction, l1, tracking);
  }

  /// The same with other bits to begin with; the sign bit does not count.
  public LearnedBits withBits(float integerBits, float fractionalBits) {
    return new LearnedBits(
        form, signed, granularity, rounding, overflow, integerBits, fractionalBits, l1, tracking);
  }

  /// The same with another rounding.
  public LearnedBits withRounding(Rounding newRounding) {
    return new LearnedBits(form, signed, granularity, newRounding, overflow, integer, fraction, l1, tracking);
  }

  /// The same with another overflow.
  public LearnedBits withOverflow(Overflow newOverflow) {
    return new LearnedBits(form, signed, granularity, rounding, newOverflow, integer, fraction, l1, tracking);
  }

  /// The same with a penalty of `factor` for every bit, whatever it costs in EBOPs. (It is monotonic, and does not turn
  /// around for negative i or f.)
  public LearnedBits withL1(float factor) {
    return new LearnedBits(form, signed, granularity, rounding, overflow, integer, fraction, factor, tracking);
  }

  /// The same with integer bits that follow the numbers seen while training, and numbers beyond them that wrap around,
  /// which costs no hardware: after each batch `i = max(i - decay, what the batch needs)`. No batch wraps while
  /// training. Numbers never seen may wrap when deployed: `margin` integer bits more make that unlikely, and
  /// `withOverflow(SAT)` afterwards impossible. A model that has not seen data is not deployed: see [#unseen].
  public LearnedBits tracked(float decay, int margin) {
    return new LearnedBits(Form.INTEGER_AND_FRACTION, signed, granularity, rounding, Overflow.WRAP, integer,
        fraction, l1, new Tracking(true, decay, margin));
  }

  /// Which tracked integer bits of a model have not seen data: the paths of the states. A model that has some gives 0
  /// there; train it, or run data through it before.
  public static List<String> unseen(Model model) {
    Parameters p = model.parameters();
    return p.names().stream()
        .filter(n -> p.kind(n) == Parameters.Kind.STATE && n.endsWith("_integer") && p.get(n).data()[0] == UNSEEN)
        .toList();
  }

  /// The bits of a value: whole numbers over a grid, with gradients to what is trained.
  ///
  /// @param integer i
  /// @param fraction f
  private record Bits(Value integer, Value fraction) {}

  @Override
  public Value quantize(Net net, String name, Value x) {
    GraphBuilder b = net.graph();
    Shape grid = granularity.grid(x.shape());
    if (tracking.on) {
      return tracked(net, name, signed ? x : b.relu(x), grid);
    }
    Bits bits = form == Form.INTEGER_AND_BITS ? integerAndBits(net, name, grid) : integerAndFraction(net, name, grid);
    Value q = onGrid(net, x, bits);
    return net.training() ? b.straightThrough(q, surrogate(net, x, q, bits)) : q;
  }

  // ---- what is trained ------------------------------------------------------------------------------------------

  private Bits integerAndBits(Net net, String name, Shape grid) {
    GraphBuilder b = net.graph();
    Value i = trained(net, name + "_integer", grid, integer, -MOST_INTEGER, MOST_INTEGER);
    Value width = trained(net, name + "_bits", grid, integer + fraction, 0, MOST_BITS);
    penalize(net, width);
    Value whole = whole(net, i);
    return new Bits(whole, b.sub(whole(net, width), whole));
  }

  private Bits integerAndFraction(Net net, String name, Shape grid) {
    Value i = trained(net, name + "_integer", grid, integer, -MOST_INTEGER, MOST_INTEGER);
    Value whole = whole(net, i);
    return new Bits(whole, fraction(net, name, grid, whole));
  }

  private Value fraction(Net net, String name, Shape grid, Value i) {
    GraphBuilder b = net.graph();
    Value f = trained(net, name + "_fraction", grid, fraction, -MOST_FRACTION, MOST_FRACTION);
    penalize(net, f);
    Value most = b.sub(b.constant((float) MOST_BITS), i);
    Value whole = b.binary(BinaryFn.MIN, b.unary(UnaryFn.ROUND, f), most);
    return through(net, whole, f);
  }

  private static Value trained(Net net, String name, Shape grid, float first, float least, float most) {
    Value p = net.parameter(name, grid, Initializer.constant(first));
    net.constrain(p, net.graph().clip(p, least, most));
    return p;
  }

  private void penalize(Net net, Value bits) {
    if (l1 > 0 && net.training()) {
      net.penalty(net.graph().scale(net.graph().sum(bits), l1));
    }
  }

  private static Value whole(Net net, Value x) {
    return through(net, net.graph().unary(UnaryFn.ROUND, x), x);
  }

  /// A value with the gradient of a surrogate, which the graph to use does not have.
  private static Value through(Net net, Value value, Value surrogate) {
    return net.training() ? net.graph().straightThrough(value, surrogate) : value;
  }

  // ---- the quantized value and its gradient ---------------------------------------------------------------------

  /// The numbers on the grid of their types. A type of a sign bit alone counts as none.
  private Value onGrid(Net net, Value x, Bits bits) {
    GraphBuilder b = net.graph();
    Value i = bits.integer;
    if (signed) {
      Value withSign = b.add(i, b.constant(1f));
      Value width = b.add(i, bits.fraction);
      Value used = b.select(b.binary(BinaryFn.GT, width, b.constant(0f)), withSign, i);
      i = through(net, used, withSign);
    }
    return b.quantizeBits(x, i, bits.fraction, signed, rounding, overflow);
  }

  /// A value with the gradient of q; only that matters of it.
  private Value surrogate(Net net, Value x, Value q, Bits bits) {
    GraphBuilder b = net.graph();
    Value high = end(net, LARGE, bits);
    Value low = signed ? end(net, -LARGE, bits) : b.constant(0f);
    Value c = b.binary(BinaryFn.MIN, b.binary(BinaryFn.MAX, x, low), high);
    return b.add(c, b.mul(bits.fraction, b.stopGradient(b.scale(b.sub(c, q), LN2))));
  }

  /// The largest or smallest number of the types: what a very large or small number becomes. Its gradients are those of
  /// `2^i - 2^-f` and, unless the range is symmetric, `-2^i`.
  private Value end(Net net, float extreme, Bits bits) {
    GraphBuilder b = net.graph();
    Value end = onGrid(net, b.broadcast(b.constant(extreme), bits.fraction.shape()), bits);
    Value slope = b.scale(b.unary(UnaryFn.EXP, b.scale(bits.integer, LN2)), Math.copySign(LN2, extreme));
    Value change = b.mul(bits.integer, b.stopGradient(slope));
    if (extreme > 0 || overflow == Overflow.SAT_SYM) {
      Value fine = b.scale(b.unary(UnaryFn.EXP, b.scale(bits.fraction, -LN2)), Math.copySign(LN2, extreme));
      change = b.add(change, b.mul(bits.fraction, b.stopGradient(fine)));
    }
    return b.straightThrough(b.stopGradient(end), change);
  }

  // ---- tracked ranges -------------------------------------------------------------------------------------------

  private Value tracked(Net net, String name, Value x, Shape grid) {
    GraphBuilder b = net.graph();
    Value state = net.state(name + "_integer", grid, Initializer.constant(UNSEEN));
    Value margin = b.constant((float) tracking.margin);
    if (!net.training()) {
      Value i = b.add(b.unary(UnaryFn.CEIL, state), margin);
      return onGrid(net, x, new Bits(i, fraction(net, name, grid, i)));
    }
    Value f = fraction(net, name, grid, b.constant(0f));
    Value needed = needed(b, x, f, grid);
    Value next = b.binary(BinaryFn.MAX, b.sub(net.latest(state), b.constant(tracking.decay)), needed);
    net.update(state, next);
    Value i = b.add(b.unary(UnaryFn.CEIL, next), margin);
    Value q = onGrid(net, x, new Bits(b.stopGradient(i), f));
    return b.straightThrough(q, b.add(x, b.mul(f, b.stopGradient(b.scale(b.sub(x, q), LN2)))));
  }

  /// The fewest integer bits with which no number of the batch leaves the range: the smallest whole i with
  /// `2^i >= q + 2^-f` for the largest q and `2^i >= -q` for the smallest.
  private Value needed(GraphBuilder b, Value x, Value f, Shape grid) {
    Value step = powerOfTwo(b, b.neg(f));
    Value wide = b.sub(b.constant(40f), f);
    Value largest = b.quantizeBits(most(b, x, grid), wide, f, true, rounding, Overflow.SAT);
    Value smallest = b.quantizeBits(b.neg(most(b, b.neg(x), grid)), wide, f, true, rounding, Overflow.SAT);
    Value reach = b.binary(BinaryFn.MAX, b.add(largest, step), b.neg(smallest));
    // The logarithm may be off a little; a power of two is exact.
    Value i = b.unary(UnaryFn.CEIL, b.sub(b.scale(b.unary(UnaryFn.LOG, reach), 1 / LN2), b.constant(0.01f)));
    return b.stopGradient(b.add(i, b.binary(BinaryFn.LT, powerOfTwo(b, i), reach)));
  }

  private static Value most(GraphBuilder b, Value x, Shape grid) {
    int lead = x.shape().rank() - grid.rank();
    return lead == 0 ? x : b.reduce(ReduceFn.MAX, x, false, IntStream.range(0, lead).toArray());
  }

  /// `2^n` for whole n: the only number of a type of one bit but 0.
  private static Value powerOfTwo(GraphBuilder b, Value n) {
    Value large = b.broadcast(b.constant(LARGE), n.shape());
    return b.quantizeBits(large, b.add(n, b.constant(1f)), b.neg(n), false, Rounding.TRN, Overflow.SAT);
  }
}
