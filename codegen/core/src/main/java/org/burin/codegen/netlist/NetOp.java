package org.burin.codegen.netlist;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.burin.fixed.FixedOp.Comparison;

/// The closed set of operations of a [Netlist], each on whole numbers and exact.
///
/// Operands are nets by number, or nets times powers of two ([Operand]).
public sealed interface NetOp {
  /// Element `element` of one sample of an input, without its low zero bits.
  record Input(String port, int element) implements NetOp {}

  /// A number.
  record Constant(long value) implements NetOp {}

  /// `a + b`.
  record Add(Operand a, Operand b) implements NetOp {}

  /// `a - b`.
  record Subtract(Operand a, Operand b) implements NetOp {}

  /// `-x`.
  record Negate(int x) implements NetOp {}

  /// `a * b`.
  record Multiply(int a, int b) implements NetOp {}

  /// 1 where the comparison holds, else 0.
  record Compare(Comparison comparison, Operand a, Operand b) implements NetOp {}

  /// `condition != 0 ? a : b`.
  record Select(int condition, Operand a, Operand b) implements NetOp {}

  /// The larger number.
  record Maximum(Operand a, Operand b) implements NetOp {}

  /// The smaller number.
  record Minimum(Operand a, Operand b) implements NetOp {}

  /// `width` bits of the two's complement of `x` from bit `low` on, as a number of their own: a shift to the right that
  /// rounds down, a wrap, or one bit.
  record Bits(int x, int low, int width, boolean signed) implements NetOp {}

  /// A function of one net.
  record Table(int x, NetTable table) implements NetOp {}

  /// `x` one clock cycle later.
  record Register(int x) implements NetOp {}

  /// The operands.
  default List<Operand> operands() {
    return switch (this) {
      case Input _, Constant _ -> List.of();
      case Add(var a, var b) -> List.of(a, b);
      case Subtract(var a, var b) -> List.of(a, b);
      case Negate(var x) -> List.of(Operand.of(x));
      case Multiply(var a, var b) -> List.of(Operand.of(a), Operand.of(b));
      case Compare(_, var a, var b) -> List.of(a, b);
      case Select(var condition, var a, var b) -> List.of(Operand.of(condition), a, b);
      case Maximum(var a, var b) -> List.of(a, b);
      case Minimum(var a, var b) -> List.of(a, b);
      case Bits(var x, _, _, _) -> List.of(Operand.of(x));
      case Table(var x, _) -> List.of(Operand.of(x));
      case Register(var x) -> List.of(Operand.of(x));
    };
  }

  /// The same operation on other nets.
  default NetOp map(IntUnaryOperator f) {
    return switch (this) {
      case Input o -> o;
      case Constant o -> o;
      case Add(var a, var b) -> new Add(mapped(a, f), mapped(b, f));
      case Subtract(var a, var b) -> new Subtract(mapped(a, f), mapped(b, f));
      case Negate(var x) -> new Negate(f.applyAsInt(x));
      case Multiply(var a, var b) -> new Multiply(f.applyAsInt(a), f.applyAsInt(b));
      case Compare(var comparison, var a, var b) -> new Compare(comparison, mapped(a, f), mapped(b, f));
      case Select(var c, var a, var b) -> new Select(f.applyAsInt(c), mapped(a, f), mapped(b, f));
      case Maximum(var a, var b) -> new Maximum(mapped(a, f), mapped(b, f));
      case Minimum(var a, var b) -> new Minimum(mapped(a, f), mapped(b, f));
      case Bits(var x, var low, var width, var signed) -> new Bits(f.applyAsInt(x), low, width, signed);
      case Table(var x, var table) -> new Table(f.applyAsInt(x), table);
      case Register(var x) -> new Register(f.applyAsInt(x));
    };
  }

  private static Operand mapped(Operand o, IntUnaryOperator f) {
    return new Operand(f.applyAsInt(o.net()), o.shift());
  }
}
