package org.burin.exec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.burin.exec.FusedStep.Instruction;
import org.burin.exec.FusedStep.Pattern;
import org.burin.exec.FusedStep.Result;
import org.burin.exec.FusedStep.Source;
import org.burin.ir.Op;
import org.burin.ir.Operands;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.Shape;

/// Turns a chain of element-wise values into one [FusedStep], preceded by copies of those operands that line up in no
/// simple way.
final class ChainLowering {
  private static final Buffer NONE = Buffer.unplaced(0);

  /// An operand as one member sees it: values of different shapes may share one chain and one buffer.
  ///
  /// @param shape what it has to be broadcast to beforehand, if it lines up in no simple way; else the scalar shape
  private record Seen(Value value, Pattern pattern, int period, Shape shape) {
    static Seen simple(Value value, Pattern pattern, int period) {
      return new Seen(value, pattern, period, Shape.SCALAR);
    }
  }

  private final Lowering lowering;
  private final Fusion.Group group;
  private final List<Step> out;
  private final Map<Seen, Integer> sourceIndex = new LinkedHashMap<>();
  private final List<Source> sources = new ArrayList<>();
  private final Map<Value, Integer> reads = new LinkedHashMap<>();
  private final List<Value> emitted = new ArrayList<>();

  ChainLowering(Lowering lowering, Fusion.Group group, List<Step> out) {
    this.lowering = lowering;
    this.group = group;
    this.out = out;
  }

  void lower() {
    for (Value m : group.members()) {
      for (Value o : Operands.of(m.op())) {
        if (group.members().contains(o)) {
          reads.merge(o, 1, Integer::sum);
        }
      }
    }
    for (Value m : group.members()) {
      if (!isAbsorbedComparison(m)) {
        emitted.add(m);
      }
    }
    for (Value m : emitted) {
      for (Value o : operands(m)) {
        if (!isMember(o)) {
          source(m, o);
        }
      }
    }
    List<Instruction> code = new ArrayList<>();
    List<Result> results = new ArrayList<>();
    for (Value m : emitted) {
      code.add(instruction(m));
      Buffer parameter = lowering.inPlace(m);
      if (parameter.size > 0) {
        results.add(new Result(parameter, false));
      } else {
        results.add(lowering.isNeeded(m) ? new Result(lowering.at(m), true) : new Result(NONE, true));
      }
    }
    int size = group.last().shape().size();
    String name = Lowering.name(group.last()) + (code.size() > 1 ? " (chain of " + code.size() + ")" : "");
    out.add(new FusedStep(name, size, sources, code, results));
  }

  /// Whether the value is `x > 0` and only chooses between something and 0, which is one instruction.
  private boolean isAbsorbedComparison(Value m) {
    return isPositive(m) && !lowering.isNeeded(m) && reads.getOrDefault(m, 0) == 1
        && group.members().stream().anyMatch(u -> isMask(u) && u.op() instanceof Op.Select(var c, _, _) && c == m);
  }

  private static boolean isPositive(Value v) {
    return v.op() instanceof Op.Binary(var fn, var x, var zero) && fn == BinaryFn.GT && Simplify.isScalar(zero, 0f)
        && x.shape().size() == v.shape().size();
  }

  private boolean isMask(Value v) {
    return v.op() instanceof Op.Select(var c, var g, var zero) && isMember(c) && isPositive(c)
        && !lowering.isNeeded(c) && reads.getOrDefault(c, 0) == 1 && Simplify.isScalar(zero, 0f)
        && g.shape().size() == v.shape().size() && c.shape().size() == v.shape().size();
  }

  private List<Value> operands(Value m) {
    if (isMask(m) && m.op() instanceof Op.Select(var c, var g, _) && c.op() instanceof Op.Binary(_, var x, _)) {
      return List.of(x, g);
    }
    return Operands.of(m.op());
  }

  private Instruction instruction(Value m) {
    List<Integer> at = operands(m).stream().map(o -> operand(m, o)).toList();
    return switch (m.op()) {
      case Op.Unary(var fn, _) -> new Instruction.Unary(fn, at.get(0));
      case Op.Binary(var fn, _, _) -> new Instruction.Binary(fn, at.get(0), at.get(1));
      case Op.Select _ when isMask(m) -> new Instruction.ReluMask(at.get(0), at.get(1));
      case Op.Select _ -> new Instruction.Select(at.get(0), at.get(1), at.get(2));
      case Op.Quantize(_, var type) -> new Instruction.Quantize(type, at.get(0));
      case Op.QuantizeBits o -> new Instruction.QuantizeBits(
          o.signed(), o.rounding(), o.overflow(), at.get(0), at.get(1), at.get(2));
      default -> throw new IllegalStateException(Lowering.name(m) + " is not element-wise");
    };
  }

  private boolean isMember(Value v) {
    return group.members().contains(Fusion.root(v));
  }

  private int operand(Value m, Value o) {
    return isMember(o) ? sources.size() + emitted.indexOf(Fusion.root(o)) : source(m, o);
  }

  /// The number of an operand from outside, as member `m` sees it.
  private int source(Value m, Value o) {
    Seen seen = see(o, m.shape());
    Integer known = sourceIndex.get(seen);
    if (known != null) {
      return known;
    }
    Buffer buffer = lowering.at(o);
    if (!fits(seen)) {
      buffer = Buffer.unplaced(m.shape().size());
      out.add(lowering.broadcast("broadcast " + o + " to " + m.shape(), o, m.shape(), buffer));
      sources.add(new Source(buffer, Pattern.FULL, 1));
    } else {
      sources.add(new Source(buffer, seen.pattern(), seen.period()));
    }
    sourceIndex.put(seen, sources.size() - 1);
    return sources.size() - 1;
  }

  /// Whether the pattern can be followed tile by tile: repeated rows must be short and divide one another.
  private boolean fits(Seen seen) {
    if (seen.period() == 0) {
      return false;
    }
    if (seen.pattern() != Pattern.ROW) {
      return true;
    }
    return seen.period() <= FusedStep.LONGEST_ROW && sources.stream()
        .filter(s -> s.pattern() == Pattern.ROW)
        .allMatch(s -> s.period() % seen.period() == 0 || seen.period() % s.period() == 0);
  }

  /// How the elements of `o` line up with those of a value of this shape; period 0 if in no simple way.
  private static Seen see(Value o, Shape to) {
    Value root = Fusion.root(o);
    Shape s = o.shape();
    if (s.size() == to.size()) {
      return Seen.simple(root, Pattern.FULL, 1);
    }
    if (s.size() == 1) {
      return Seen.simple(root, Pattern.SCALAR, 1);
    }
    int lead = to.rank() - s.rank();
    int changes = 0;
    boolean first = false;
    boolean before = false;
    boolean any = false;
    for (int i = 0; i < to.rank(); i++) {
      if (to.dim(i) == 1) {
        continue;
      }
      boolean repeated = i < lead || s.dim(i - lead) == 1;
      if (!any) {
        first = repeated;
      } else if (repeated != before) {
        changes++;
      }
      before = repeated;
      any = true;
    }
    if (changes != 1) {
      return new Seen(o, Pattern.FULL, 0, to);
    }
    return first
        ? Seen.simple(root, Pattern.ROW, s.size())
        : Seen.simple(root, Pattern.COLUMN, to.size() / s.size());
  }
}
