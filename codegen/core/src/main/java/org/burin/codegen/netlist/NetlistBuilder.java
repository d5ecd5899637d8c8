package org.burin.codegen.netlist;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.burin.fixed.FixedOp.Comparison;

/// Builds a [Netlist]. Equal operations are one net, operations on constants are constants, powers of two are wiring.
///
/// Methods take and give [Operand]s. A result that needs more than 64 bits is an [ArithmeticException].
final class NetlistBuilder {
  private final String name;
  private final List<NetOp> ops = new ArrayList<>();
  private final List<Range> ranges = new ArrayList<>();
  private final List<Integer> fractions = new ArrayList<>();
  private final List<String> layers = new ArrayList<>();
  private final List<Integer> depths = new ArrayList<>();
  private final Map<NetOp, Integer> known = new HashMap<>();
  private final List<Netlist.Port> inputs = new ArrayList<>();
  private final List<Netlist.Port> outputs = new ArrayList<>();
  private String layer = "";
  private int fraction;

  NetlistBuilder(String name) {
    this.name = name;
  }

  /// What is noted of the nets that follow.
  ///
  /// @param newLayer the layer that they belong to
  /// @param newFraction the fractional bits of operands of no shift
  void at(String newLayer, int newFraction) {
    layer = newLayer;
    fraction = newFraction;
  }

  /// The fractional bits of operands of no shift that follow.
  void fraction(int newFraction) {
    fraction = newFraction;
  }

  // ---- ports ------------------------------------------------------------------------------------------------------

  void input(String port, List<Operand> elements) {
    inputs.add(new Netlist.Port(port, elements));
  }

  void output(String port, List<Operand> elements) {
    outputs.add(new Netlist.Port(port, elements));
  }

  Operand inputElement(String port, int element, Range range, int shift) {
    // A number that is always the same still has its place in the port.
    return new Operand(append(new NetOp.Input(port, element), range, fraction - shift), shift);
  }

  // ---- what is known ----------------------------------------------------------------------------------------------

  Range range(Operand o) {
    return ranges.get(o.net()).shiftLeft(o.shift());
  }

  Range netRange(Operand o) {
    return ranges.get(o.net());
  }

  boolean isConstant(Operand o) {
    return ranges.get(o.net()).isConstant();
  }

  /// The number that a constant is.
  long value(Operand o) {
    return range(o).low();
  }

  /// The same number, of which it is known that it lies in this range.
  Operand narrowed(Operand o, Range proven) {
    Range now = range(o);
    if (proven.contains(now)) {
      return o;
    }
    Range both = now.intersect(proven);
    // Rounded to the inside.
    Range net = new Range(-(-both.low() >> o.shift()), both.high() >> o.shift());
    if (net.isConstant()) {
      return constant(net.low() << o.shift());
    }
    ranges.set(o.net(), net);
    return o;
  }

  // ---- operations -------------------------------------------------------------------------------------------------

  Operand constant(long value) {
    int zeros = value == 0 ? 0 : Long.numberOfTrailingZeros(value);
    long odd = value >> zeros;
    NetOp op = new NetOp.Constant(odd);
    Integer old = known.get(op);
    return new Operand(old != null ? old : append(op, Range.of(odd), 0), zeros);
  }

  Operand add(Operand a, Operand b) {
    if (isZero(a)) {
      return b;
    }
    if (isZero(b)) {
      return a;
    }
    if (a.equals(b)) {
      return a.shifted(1);
    }
    // A constant stands right.
    boolean swap = (isConstant(a) || isConstant(b)) ? isConstant(a)
        : a.net() > b.net() || (a.net() == b.net() && a.shift() > b.shift());
    Operand first = swap ? b : a;
    Operand second = swap ? a : b;
    int common = Math.min(a.shift(), b.shift());
    return emit(new NetOp.Add(first.shifted(-common), second.shifted(-common)), common);
  }

  Operand subtract(Operand a, Operand b) {
    if (isZero(b)) {
      return a;
    }
    if (isZero(a)) {
      return negate(b);
    }
    if (a.equals(b)) {
      return constant(0);
    }
    int common = Math.min(a.shift(), b.shift());
    return emit(new NetOp.Subtract(a.shifted(-common), b.shifted(-common)), common);
  }

  Operand negate(Operand x) {
    return emit(new NetOp.Negate(x.net()), x.shift());
  }

  Operand multiply(Operand a, Operand b) {
    if (isConstant(a) || isConstant(b)) {
      return isConstant(a) ? times(b, value(a)) : times(a, value(b));
    }
    int first = Math.min(a.net(), b.net());
    int second = Math.max(a.net(), b.net());
    return emit(new NetOp.Multiply(first, second), a.shift() + b.shift());
  }

  /// The product with a number, by additions.
  Operand times(Operand x, long factor) {
    return product(AdderGraphs.solve(new long[][] {{factor}}, AdderOptions.FAST), List.of(x)).getFirst();
  }

  /// The product of a vector with the matrix of a graph.
  List<Operand> product(AdderGraph graph, List<Operand> x) {
    List<Operand> nodes = new ArrayList<>(x);
    for (AdderGraph.Adder adder : graph.adders()) {
      Operand a = nodes.get(adder.a().node()).shifted(adder.a().shift());
      Operand b = nodes.get(adder.b().node()).shifted(adder.b().shift());
      nodes.add(adder.subtract() ? subtract(a, b) : add(a, b));
    }
    return graph.outputs().stream().map(o -> {
      if (o.node() == AdderGraph.ZERO) {
        return constant(0);
      }
      Operand y = normal(nodes.get(o.node()).shifted(o.shift()));
      return o.negated() ? negate(y) : y;
    }).toList();
  }

  /// Zero has no shift, so that shifts stay small.
  private Operand normal(Operand o) {
    return isZero(o) ? constant(0) : o;
  }

  /// The sum, with the fewest adders between an operand and the result.
  Operand sum(List<Operand> terms) {
    record Term(Operand o, int depth, int number) implements Comparable<Term> {
      @Override
      public int compareTo(Term other) {
        int byDepth = Integer.compare(depth, other.depth);
        return byDepth != 0 ? byDepth : Integer.compare(number, other.number);
      }
    }
    PriorityQueue<Term> queue = new PriorityQueue<>();
    int number = 0;
    for (Operand o : terms) {
      if (!isZero(o)) {
        queue.add(new Term(o, depths.get(o.net()), number++));
      }
    }
    if (queue.isEmpty()) {
      return constant(0);
    }
    while (queue.size() > 1) {
      Operand sum = add(queue.remove().o(), queue.remove().o());
      queue.add(new Term(sum, depths.get(sum.net()), number++));
    }
    return queue.remove().o();
  }

  /// 1 where the comparison holds, else 0.
  Operand compare(Comparison comparison, Operand a, Operand b) {
    int common = Math.min(a.shift(), b.shift());
    if (isZero(a) || isZero(b)) {
      common = isZero(a) ? b.shift() : a.shift();
    }
    return emit(new NetOp.Compare(comparison, unshifted(a, common), unshifted(b, common)), 0);
  }

  private Operand unshifted(Operand o, int bits) {
    return isZero(o) ? o : o.shifted(-bits);
  }

  Operand select(Operand condition, Operand a, Operand b) {
    Range c = range(condition);
    if (a.equals(b) || c.low() > 0 || c.high() < 0) {
      return a;
    }
    if (c.equals(Range.of(0))) {
      return b;
    }
    int common = common(a, b);
    return emit(new NetOp.Select(condition.net(), unshifted(a, common), unshifted(b, common)), common);
  }

  Operand max(Operand a, Operand b) {
    if (range(a).low() >= range(b).high()) {
      return a;
    }
    if (range(b).low() >= range(a).high()) {
      return b;
    }
    int common = common(a, b);
    return emit(new NetOp.Maximum(unshifted(a, common), unshifted(b, common)), common);
  }

  Operand min(Operand a, Operand b) {
    if (range(a).high() <= range(b).low()) {
      return a;
    }
    if (range(b).high() <= range(a).low()) {
      return b;
    }
    int common = common(a, b);
    return emit(new NetOp.Minimum(unshifted(a, common), unshifted(b, common)), common);
  }

  private int common(Operand a, Operand b) {
    return isZero(a) ? b.shift() : isZero(b) ? a.shift() : Math.min(a.shift(), b.shift());
  }

  /// `x * 2^-bits`, rounded down.
  Operand shiftRight(Operand x, int bits) {
    if (x.shift() >= bits) {
      return x.shifted(-bits);
    }
    int low = bits - x.shift();
    Range shifted = netRange(x).shiftRight(low);
    return emit(new NetOp.Bits(x.net(), low, shifted.width(), shifted.signed()), 0);
  }

  /// The lowest bits of `x` as a number of so many bits.
  Operand wrapped(Operand x, int width, boolean signed) {
    if (x.shift() >= width) {
      return constant(0);
    }
    int rest = width - x.shift();
    if (rest - (signed ? 0 : 1) >= Long.SIZE - 1 || Range.ofBits(rest, signed).contains(netRange(x))) {
      return x;
    }
    return emit(ops.get(x.net()) instanceof NetOp.Bits(var inner, var low, var w, _) && w >= rest
        ? new NetOp.Bits(inner, low, rest, signed)
        : new NetOp.Bits(x.net(), 0, rest, signed), x.shift());
  }

  /// One bit of the two's complement of `x`.
  Operand bit(Operand x, int place) {
    return place < x.shift() ? constant(0) : emit(new NetOp.Bits(x.net(), place - x.shift(), 1, false), 0);
  }

  /// A function of the net that an operand shifts.
  Operand table(Operand x, NetTable table) {
    int zeros = Long.SIZE;
    for (long entry : table.entries()) {
      zeros = Math.min(zeros, Long.numberOfTrailingZeros(entry));
    }
    if (zeros == Long.SIZE) {
      return constant(0);
    }
    long[] entries = new long[table.entries().length];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = table.entries()[i] >> zeros;
    }
    return emit(new NetOp.Table(x.net(), new NetTable(table.function(), table.first(), entries)), zeros);
  }

  private boolean isZero(Operand o) {
    return ranges.get(o.net()).equals(Range.of(0));
  }

  // ---- nets -------------------------------------------------------------------------------------------------------

  private Operand emit(NetOp op, int shift) {
    Integer old = known.get(op);
    if (old != null) {
      return new Operand(old, shift);
    }
    Range range = NetRanges.of(op, Range.BIT, ranges::get);
    if (range.isConstant()) {
      return constant(range.low()).shifted(shift);
    }
    boolean counts = op instanceof NetOp.Compare;
    return new Operand(append(op, range, counts ? 0 : fraction - shift), shift);
  }

  private int append(NetOp op, Range range, int netFraction) {
    int number = ops.size();
    ops.add(op);
    ranges.add(range);
    fractions.add(netFraction);
    layers.add(layer);
    int depth = 0;
    for (Operand o : op.operands()) {
      depth = Math.max(depth, depths.get(o.net()) + 1);
    }
    depths.add(depth);
    known.put(op, number);
    return number;
  }

  /// The netlist, without nets that no output needs.
  Netlist build() {
    boolean[] live = new boolean[ops.size()];
    inputs.forEach(p -> p.elements().forEach(o -> live[o.net()] = true));
    outputs.forEach(p -> p.elements().forEach(o -> live[o.net()] = true));
    for (int i = ops.size() - 1; i >= 0; i--) {
      if (live[i]) {
        ops.get(i).operands().forEach(o -> live[o.net()] = true);
      }
    }
    int[] numbers = new int[ops.size()];
    List<Netlist.Net> nets = new ArrayList<>();
    for (int i = 0; i < ops.size(); i++) {
      if (live[i]) {
        numbers[i] = nets.size();
        NetOp op = ops.get(i).map(n -> numbers[n]);
        // Operands may have been narrowed since.
        Range range = NetRanges.of(op, ranges.get(i), n -> nets.get(n).range()).intersect(ranges.get(i));
        nets.add(new Netlist.Net(op, range, fractions.get(i), layers.get(i)));
      }
    }
    return new Netlist(name, nets, ports(inputs, numbers), ports(outputs, numbers));
  }

  private static List<Netlist.Port> ports(List<Netlist.Port> ports, int[] numbers) {
    return ports.stream().map(p -> new Netlist.Port(p.name(), p.elements().stream()
        .map(o -> new Operand(numbers[o.net()], o.shift())).toList())).toList();
  }
}
