package org.burin.codegen.netlist;

import java.util.function.IntFunction;
import org.burin.fixed.FixedOp.Comparison;

/// What the results of operations can be, from what their operands can be.
final class NetRanges {
  private NetRanges() {}

  /// The range of a result.
  ///
  /// @param ranges the range of each net
  /// @throws ArithmeticException when it needs more than 64 bits
  static Range of(NetOp op, Range input, IntFunction<Range> ranges) {
    return switch (op) {
      case NetOp.Input _ -> input;
      case NetOp.Constant(var value) -> Range.of(value);
      case NetOp.Add(var a, var b) -> of(a, ranges).plus(of(b, ranges));
      case NetOp.Subtract(var a, var b) -> of(a, ranges).minus(of(b, ranges));
      case NetOp.Negate(var x) -> ranges.apply(x).negate();
      case NetOp.Multiply(var a, var b) ->
          a == b ? ranges.apply(a).squared() : ranges.apply(a).times(ranges.apply(b));
      case NetOp.Compare(var comparison, var a, var b) -> compare(comparison, of(a, ranges), of(b, ranges));
      case NetOp.Select(var condition, var a, var b) -> select(ranges.apply(condition), of(a, ranges), of(b, ranges));
      case NetOp.Maximum(var a, var b) -> of(a, ranges).max(of(b, ranges));
      case NetOp.Minimum(var a, var b) -> of(a, ranges).min(of(b, ranges));
      case NetOp.Bits(var x, var low, var width, var signed) -> {
        Range shifted = ranges.apply(x).shiftRight(low);
        Range all = Range.ofBits(width, signed);
        yield all.contains(shifted) ? shifted : all;
      }
      case NetOp.Table(var x, var table) -> table.over(ranges.apply(x));
      case NetOp.Register(var x) -> ranges.apply(x);
    };
  }

  private static Range of(Operand o, IntFunction<Range> ranges) {
    return ranges.apply(o.net()).shiftLeft(o.shift());
  }

  private static Range compare(Comparison comparison, Range a, Range b) {
    return switch (comparison) {
      case LT -> decided(a.high() < b.low(), a.low() >= b.high());
      case LE -> decided(a.high() <= b.low(), a.low() > b.high());
      case GT -> decided(a.low() > b.high(), a.high() <= b.low());
      case GE -> decided(a.low() >= b.high(), a.high() < b.low());
      case EQ -> decided(a.isConstant() && a.equals(b), a.high() < b.low() || a.low() > b.high());
      case NE -> decided(a.high() < b.low() || a.low() > b.high(), a.isConstant() && a.equals(b));
    };
  }

  private static Range decided(boolean always, boolean never) {
    return always ? Range.of(1) : never ? Range.of(0) : Range.BIT;
  }

  private static Range select(Range condition, Range a, Range b) {
    return condition.equals(Range.of(0)) ? b : condition.low() > 0 || condition.high() < 0 ? a : a.hull(b);
  }
}
